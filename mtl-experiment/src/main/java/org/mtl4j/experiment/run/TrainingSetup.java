package org.mtl4j.experiment.run;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.MatrixProducts;
import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.training.EarlyStopping;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingNeed;
import org.mtl4j.core.training.TrainingPlan;
import org.mtl4j.core.training.TrainingRows;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.data.split.Split;
import org.mtl4j.experiment.config.TrainingConfig;

/** How an experiment trains: its rules, for its own model or for another one on the same data. */
record TrainingSetup(ExperimentPlan plan, ExperimentData data) {
  /** A model before its first step; the caller closes it. */
  TrainingSession session(MultiTaskModel model, List<FittedTask> tasks) {
    return new TrainingSession(spec(model, tasks));
  }

  /** The experiment's own model before its first step; the caller closes it. */
  TrainingSession session() {
    return session(graph().model(), data.learnt().tasks());
  }

  private Learner.Graph graph() {
    return plan.learner().graph("Training");
  }

  /** The bytes that the experiment's own model and its batches will take. */
  long need() {
    TrainingConfig training = plan.config().training();
    return TrainingNeed.of(
        spec(graph().model(), data.learnt().tasks()),
        Math.max(1, rows().largestBatch(training.batchSize())));
  }

  private TrainingRows rows() {
    return RowRatios.of(plan, data.split(Split.TRAIN).orElseThrow());
  }

  private TrainerSpec spec(MultiTaskModel model, List<FittedTask> tasks) {
    int threads = plan.config().training().threads().orElse(1);
    return new TrainerSpec(
        data.learnt().pipeline(),
        weighted(tasks),
        model,
        graph().updates(),
        new TrainerSpec.Execution(
            new Seed(plan.config().seed()),
            FloatType.FLOAT32,
            threads,
            MatrixProducts.preferred()));
  }

  /** What looks at the tasks' gradients; of one task there is nothing to see. */
  Optional<GradientProbe> gradients(TrainingSession session, EncodedData rows) {
    int batches = plan.config().training().gradientBatches();
    return batches > 0 && plan.tasks().size() > 1
        ? Optional.of(new GradientProbe(plan, session, rows, batches))
        : Optional.empty();
  }

  /** The tasks with the weights of their classes, as far as training rows tell them. */
  List<FittedTask> weighted(List<FittedTask> tasks) {
    EncodedData rows = data.split(Split.TRAIN).orElseThrow();
    return tasks.stream()
        .map(
            task ->
                plan.config()
                    .tasks()
                    .get(task.name())
                    .weightsByClass()
                    .map(weights -> ClassShares.apply(weights, task, rows))
                    .orElse(task))
        .toList();
  }

  /** What is done with it. */
  TrainingPlan plan(TrainingSession session, Optional<EarlyStopping> stopping) {
    TrainingConfig training = plan.config().training();
    Optional<Supplier<MetricReport>> judge =
        data.split(Split.VALIDATION).map(rows -> () -> RunFinish.evaluate(plan, session, rows));
    return new TrainingPlan(rows(), judge, training.epochs(), training.batchSize(), stopping);
  }
}
