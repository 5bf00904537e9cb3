package org.mtl4j.experiment.run;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.balancing.LossBalancing;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.config.Registry.Resolved;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.metric.RowPart;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.optimizer.LearningRateSchedule;
import org.mtl4j.core.optimizer.Optimizer;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.training.GradientRules;
import org.mtl4j.core.training.RateSchedule;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.eval.evaluator.Evaluator;
import org.mtl4j.experiment.config.EvaluationConfig;
import org.mtl4j.experiment.config.ExperimentConfig;
import org.mtl4j.experiment.config.TrainingConfig;

/**
 * What an experiment file says of how losses become updates; a part that is wrong is empty, and a
 * problem says why.
 *
 * @param dense the optimiser of dense variables
 * @param embedding that of the rows of tables
 * @param balancing how tasks are combined
 * @param schedule how learning rates change; empty too if they do not
 */
record UpdatesReader(
    Optional<Resolved<Optimizer>> dense,
    Optional<Resolved<Optimizer>> embedding,
    Optional<Resolved<LossBalancing>> balancing,
    Optional<Resolved<LearningRateSchedule>> schedule) {
  private static final String BALANCING = "training.balancing";

  /** Reads what names parts. */
  static UpdatesReader read(ExperimentDraft draft, Parts.Updating parts, Problems problems) {
    Optional<Choice> dense = draft.choice("training.optimizer", c -> c.training().optimizer());
    Optional<Choice> embedding =
        draft.choice("training.embedding_optimizer", c -> c.training().embeddingOptimizer());
    Optional<Choice> balancing = draft.choice(BALANCING, c -> c.training().balancing());
    return new UpdatesReader(
        dense.flatMap(choice -> parts.optimizers().resolve(choice, problems)),
        embedding.flatMap(choice -> parts.optimizers().resolve(choice, problems)),
        balancing.flatMap(choice -> parts.balancings().resolve(choice, problems)),
        draft.schedule().flatMap(choice -> parts.schedules().resolve(choice, problems)));
  }

  /** Whether the method can balance the tasks. */
  void checkTasks(List<Task> tasks, ExperimentDraft draft, Problems problems) {
    if (balancing.isEmpty()) {
      return;
    }
    try {
      balancing.get().value().check(tasks.stream().map(Task::name).toList());
    } catch (IllegalArgumentException e) {
      problems.add(ErrorCode.CONFIG_VALUE, draft.where(BALANCING), e.getMessage() + ".");
    }
  }

  /**
   * The schedule, with the direction of what it watches; empty if there is none, or it is wrong.
   */
  Optional<RateSchedule> schedule(
      ExperimentDraft draft, Evaluator evaluator, List<OutputSpec> outputs, Problems problems) {
    if (schedule.isEmpty()) {
      return Optional.empty();
    }
    LearningRateSchedule rule = schedule.get().value();
    if (rule.watches().isEmpty()) {
      return Optional.of(new RateSchedule(rule, true));
    }
    String key = rule.watches().get();
    String where = draft.where("training.schedule.metric");
    Set<RowPart> known = draft.evaluation().map(EvaluationConfig::parts).orElse(Set.of());
    try {
      Metric metric = evaluator.metric(key, outputs, known);
      if (metric.judges()) {
        return Optional.of(new RateSchedule(rule, metric.higherIsBetter()));
      }
      problems.add(
          new Problem(
              ErrorCode.CONFIG_VALUE,
              where,
              "Expected a metric that says which of two states is better, found \"%s\", which describes one."
                  .formatted(key),
              "Watch another metric, an auc or log_loss say."));
    } catch (MtlException e) {
      problems.addAt(where, e);
    }
    return Optional.empty();
  }

  /** The parts of a file without problems. */
  TrainerSpec.Updates updates(Optional<RateSchedule> rates, TrainingConfig training) {
    return new TrainerSpec.Updates(
        balancing.orElseThrow().value(),
        dense.orElseThrow().value(),
        embedding.orElseThrow().value(),
        rates,
        new GradientRules(
            training.l2(),
            training.clipping(),
            training.groups(),
            training.microBatchSize().filter(rows -> rows < training.batchSize())));
  }

  /** The training section of a file without problems, every default filled in. */
  TrainingConfig resolved(ExperimentConfig config) {
    return config
        .training()
        .resolved(
            new TrainingConfig.Chosen(
                dense.orElseThrow().choice(),
                embedding.orElseThrow().choice(),
                balancing.orElseThrow().choice(),
                schedule.map(Resolved::choice)));
  }
}
