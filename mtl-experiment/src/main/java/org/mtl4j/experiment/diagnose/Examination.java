package org.mtl4j.experiment.diagnose;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Goal;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.core.metric.RowPart;
import org.mtl4j.core.model.LabelRule;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.training.Criterion;
import org.mtl4j.core.training.EarlyStopping;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.data.split.Split;
import org.mtl4j.data.union.UnionConfig;
import org.mtl4j.eval.interval.Bootstrap;
import org.mtl4j.eval.slice.Slicing;
import org.mtl4j.experiment.apply.RunOutputs;
import org.mtl4j.experiment.compare.Comparison;
import org.mtl4j.experiment.compare.PairedFigures;
import org.mtl4j.experiment.diagnose.Evidence.TaskEvidence;
import org.mtl4j.experiment.diagnose.ObservedTraining.Outcome;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.RunMaterial;

/** One run under examination: gathers the evidence, one training after the other. */
final class Examination {
  /** The models of one task each. */
  static final String ALONE = "single-task";

  /** The run. */
  static final String TOGETHER = "multi-task";

  private final Run run;
  private final RunMaterial material;
  private final GateRules rules;
  private final ExperimentListener listener;
  private final Split split;
  private final ObservedTraining training;

  Examination(Run run, RunMaterial material, GateRules rules, ExperimentListener listener) {
    this.run = run;
    this.material = material;
    this.rules = rules;
    this.listener = listener;
    this.split =
        Stream.of(Split.TEST, Split.VALIDATION)
            .filter(s -> material.rows(s).isPresent())
            .findFirst()
            .orElseThrow(Examination::noRows);
    this.training =
        new ObservedTraining(
            material, material.rows(split).orElseThrow(), Doctor.trainings(run.files()), listener);
  }

  private static MtlException noRows() {
    return new MtlException(
        new Problem(
            ErrorCode.NO_ROWS,
            "data.split",
            "Expected test or validation rows to compare models on, found none.",
            "Give data.split a test share and train the run again."));
  }

  /** What the run itself shows, before anything is trained. */
  private record OfRun(Map<String, EvaluationRows> rows, Evidence.Inside inside) {}

  Diagnosis diagnosis() {
    listener.onStage("looking into the run");
    OfRun found = ofRun();
    Optional<Outcome> watched = watched(found.rows());
    Outcome together = watched.orElseGet(this::repeated);
    Map<String, Outcome> alone = new LinkedHashMap<>();
    for (FittedTask task : material.tasks()) {
      listener.onStage("training " + task.name() + " alone");
      alone.put(task.name(), alone(task));
    }
    listener.onStage("comparing");
    Evidence evidence =
        new Evidence(
            tasks(together, alone),
            figures(found.rows(), alone),
            new GradientTrace(names(), together.gradients()),
            found.inside());
    List<Finding> findings = FindingRules.of(evidence);
    boolean same = SamePredictions.of(found.rows(), together.rows());
    DiagnosisReport.Gradients gradients =
        watched.isPresent()
            ? DiagnosisReport.Gradients.OF_RUN
            : same ? DiagnosisReport.Gradients.OF_REPETITION : DiagnosisReport.Gradients.OF_ANOTHER;
    DiagnosisReport report =
        new DiagnosisReport(
            evidence,
            new DiagnosisReport.Subject(
                material.plan().config().name(),
                run.files().folder().toString(),
                material.bestStep(),
                split,
                gradients));
    return new Diagnosis(
        findings,
        evidence.figures(),
        report.gain(),
        evidence.inside().sliced(),
        report.of(findings));
  }

  private List<String> names() {
    return material.tasks().stream().map(FittedTask::name).toList();
  }

  private OfRun ofRun() {
    List<String> domains =
        UnionConfig.of(material.plan().config().data().source())
            .map(UnionConfig::domains)
            .orElse(List.of());
    try (TrainingSession session = material.best()) {
      InsideView view = new InsideView(session, domains);
      view.look(material.rows(Split.TRAIN).orElseThrow());
      Evidence.Inside inside =
          new Evidence.Inside(view.gates(), view.experts(), sliced(session, view.gates()));
      return new OfRun(training.predicted(session), inside);
    }
  }

  private List<SlicedGate> sliced(TrainingSession session, List<GateEvidence> gates) {
    if (gates.isEmpty()) {
      rules.checkNoneIsAskedFor(material.plan().config().model().type());
    }
    if (gates.isEmpty() || rules.isEmpty()) {
      return List.of();
    }
    GateSample sample = GateSample.of(session, material.rows(split).orElseThrow());
    List<Slicing> slicings = material.slicings(rules.reader(material.columns()), split);
    Seed seed = new Seed(material.plan().config().seed()).child("diagnosis/slices");
    return new GateSlices(sample, slicings, seed).all();
  }

  /** What was taken down while the run was trained; empty unless it is all of its epochs. */
  private Optional<Outcome> watched(Map<String, EvaluationRows> rows) {
    Path file = Doctor.watched(run.files());
    List<ObservedEpoch> epochs = EpochLog.read(file);
    return epochs.size() == material.epochs() && EpochLog.has(epochs.size(), file)
        ? Optional.of(Outcome.of(material.tasks(), epochs, rows))
        : Optional.empty();
  }

  private Outcome repeated() {
    listener.onStage("repeating its training");
    MultiTaskModel model = material.model();
    EncodedData rows = material.rows(Split.TRAIN).orElseThrow();
    try (TrainingSession session = material.fresh(model, material.tasks())) {
      return training.train(
          "repetition",
          session,
          material.plan().judge().earlyStopping(),
          new EpochProbe(material.plan(), session, rows));
    }
  }

  private Outcome alone(FittedTask task) {
    MultiTaskModel model = material.model().forTask(task.name());
    try (TrainingSession session = material.fresh(model, List.of(task))) {
      return training.train(
          "task-" + (names().indexOf(task.name()) + 1),
          session,
          stopping(task),
          GradientTrace.Epoch::unseen);
    }
  }

  /** The run's rule on the task's own figure: the same one, or the one it is judged by first. */
  private Optional<EarlyStopping> stopping(FittedTask task) {
    boolean grouped = material.plan().config().evaluation().groupBy().isPresent();
    List<Metric> metrics =
        material
            .plan()
            .judge()
            .evaluator()
            .metricsOf(OutputSpec.of(task), grouped ? Set.of(RowPart.GROUPS) : Set.of());
    return material
        .plan()
        .judge()
        .earlyStopping()
        .flatMap(
            rule -> {
              String wanted = figure(task.name(), rule.criterion().goals());
              return Stream.concat(Stream.of(wanted), Headlines.KEYS.stream())
                  .flatMap(key -> metrics.stream().filter(m -> m.key().equals(key)))
                  .findFirst()
                  .map(
                      metric ->
                          new EarlyStopping(
                              new Criterion.ByMetric(
                                  new Goal(
                                      MetricReport.key(task.name(), metric.key()),
                                      metric.higherIsBetter()),
                                  0),
                              rule.patience()));
            });
  }

  /** The name of the first goal of a task, or of any if none is of it. */
  private static String figure(String task, List<Goal> goals) {
    String metric =
        goals.stream()
            .map(Goal::metric)
            .filter(key -> key.startsWith(task + "/"))
            .findFirst()
            .orElse(goals.get(0).metric());
    return metric.substring(metric.indexOf('/') + 1);
  }

  private List<TaskEvidence> tasks(Outcome together, Map<String, Outcome> alone) {
    boolean fixed = material.plan().config().training().balancing().type().equals("static");
    Calibrations calibrations = Calibrations.of(run, material);
    List<TaskEvidence> tasks = new ArrayList<>();
    for (FittedTask task : material.tasks()) {
      String name = task.name();
      tasks.add(
          new TaskEvidence(
              name,
              fixed ? OptionalDouble.of(task.task().lossWeight()) : OptionalDouble.empty(),
              together.curves().get(name),
              Optional.of(alone.get(name).curves().get(name)).filter(c -> !isLaterStage(name)),
              calibrations.of(name)));
    }
    return tasks;
  }

  /** Of a funnel: its loss is that of getting so far, over all rows. */
  private boolean isLaterStage(String task) {
    return material.model().outputs(material.tasks()).stream()
        .map(OutputSpec::label)
        .anyMatch(
            label ->
                label instanceof LabelRule.ThroughStages through
                    && through.stages().get(through.stages().size() - 1).equals(task));
  }

  private List<Comparison.Figure> figures(
      Map<String, EvaluationRows> together, Map<String, Outcome> alone) {
    List<OutputSpec> outputs = material.tasks().stream().map(OutputSpec::of).toList();
    RunOutputs by =
        new RunOutputs(
            outputs,
            material.plan().judge().evaluator(),
            Bootstrap.of(material.plan().config().evaluation().bootstrap()));
    Map<String, EvaluationRows> single = new LinkedHashMap<>();
    alone.forEach((task, outcome) -> single.put(task, outcome.rows().get(task)));
    return new PairedFigures(outputs, by)
        .of(
            new PairedFigures.Predicted(ALONE, single),
            List.of(new PairedFigures.Predicted(TOGETHER, together)));
  }
}
