package org.mtl4j.experiment.online;

import static java.util.stream.Collectors.toSet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.mtl4j.core.batch.LabelEncoder;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.model.OutputLabels;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.split.Split;
import org.mtl4j.eval.evaluator.Evaluator;
import org.mtl4j.eval.evaluator.PredictionCollector;
import org.mtl4j.eval.interval.Bootstrap;
import org.mtl4j.eval.interval.Difference;
import org.mtl4j.eval.interval.Interval;
import org.mtl4j.eval.interval.Uncertainty;
import org.mtl4j.experiment.drift.DriftFinding;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.Groups;
import org.mtl4j.experiment.run.RowRooms;
import org.mtl4j.serving.model.MtlModel;

/**
 * Compares two exports on the rows that were held out, as they would serve them: the one that
 * serves now and the one that would. All figures have to pass, so that none needs a correction for
 * their number (an intersection-union test, Berger 1982).
 */
final class Gate {
  private static final int BLOCK = 4096;

  /** A fall of the AUC that is more than a model's growing old. */
  private static final double FALL = 0.1;

  private final ExperimentPlan plan;
  private final SplitDataset dataset;
  private final List<FittedTask> tasks;
  private final List<OutputSpec> outputs;
  private final Evaluator evaluator;
  private final GateMetrics figures;

  Gate(ExperimentPlan plan, SplitDataset dataset, List<FittedTask> tasks) {
    this.plan = plan;
    this.dataset = dataset;
    this.tasks = tasks;
    this.outputs = plan.learner().model().outputs(tasks);
    this.evaluator = plan.judge().evaluator();
    this.figures = new GateMetrics(evaluator, calibrated(plan));
  }

  private static Set<String> calibrated(ExperimentPlan plan) {
    return plan.config().tasks().entrySet().stream()
        .filter(task -> task.getValue().calibration().isPresent())
        .map(Map.Entry::getKey)
        .collect(toSet());
  }

  /** Per output what an export predicts for the rows held out. */
  Map<String, EvaluationRows> predicted(Path export) {
    PredictionCollector collector = evaluator.collector(outputs, RowRooms.ofExperiment());
    LabelEncoder encoder = new LabelEncoder(tasks, dataset.columns());
    Groups groups = Groups.of(plan, dataset.columns());
    try (MtlModel model = MtlModel.load(export)) {
      dataset.forEach(
          Split.VALIDATION,
          BLOCK,
          block ->
              collector.add(
                  model.predict(block),
                  OutputLabels.of(outputs, encoder.encode(block)),
                  groups.of(block)));
    }
    return collector.rows();
  }

  /**
   * Where the model that serves does much worse on these rows than it did: labels that are turned
   * round, say, have the rate that they had.
   *
   * @param expected per figure what it was
   */
  List<DriftFinding> fall(Map<String, EvaluationRows> served, Map<String, Double> expected) {
    List<DriftFinding> findings = new ArrayList<>();
    for (OutputSpec output : outputs) {
      EvaluationRows rows = served.get(output.name());
      for (Metric metric : figures.of(output, rows.parts())) {
        Double before = expected.get(output.name() + "/" + metric.key());
        Optional<Interval> interval =
            metric.key().equals("auc") && before != null
                ? uncertainty(List.of(metric), rows).intervals().get(metric.key())
                : Optional.empty();
        if (interval.isPresent() && interval.get().high() < before - FALL) {
          findings.add(finding(output.name(), metric.compute(rows), interval.get(), before));
        }
      }
    }
    return findings;
  }

  private static DriftFinding finding(
      String output, OptionalDouble found, Interval interval, double before) {
    return new DriftFinding(
        output,
        "auc_of_served_model",
        before - interval.high(),
        FALL,
        String.format(
            Locale.ROOT,
            "the model that serves tells its rows apart by an AUC of %.4f (95 %% interval %.4f to"
                + " %.4f), expected %.4f",
            found.orElse(Double.NaN),
            interval.low(),
            interval.high(),
            before));
  }

  /**
   * Compares.
   *
   * @param margin how much worse a figure may be, as a share of the old one
   */
  List<GateFigure> compare(
      Map<String, EvaluationRows> before, Map<String, EvaluationRows> now, double margin) {
    List<GateFigure> compared = new ArrayList<>();
    for (OutputSpec output : outputs) {
      EvaluationRows old = before.get(output.name());
      EvaluationRows late = now.get(output.name());
      List<Metric> metrics = figures.of(output, old.parts());
      Uncertainty first = uncertainty(metrics, old);
      Uncertainty second = uncertainty(metrics, late);
      for (Metric metric : metrics) {
        double was = metric.compute(old).orElse(Double.NaN);
        compared.add(
            new GateFigure(
                output.name() + "/" + metric.key(),
                was,
                metric.compute(late).orElse(Double.NaN),
                worse(metric, second.difference(metric, first)),
                margin * Math.abs(was)));
      }
    }
    return compared;
  }

  private static GateFigure.Worse worse(Metric metric, Optional<Difference> difference) {
    return difference
        .map(
            d ->
                metric.higherIsBetter()
                    ? new GateFigure.Worse(-d.value(), -d.interval().high(), -d.interval().low())
                    : new GateFigure.Worse(d.value(), d.interval().low(), d.interval().high()))
        .orElse(GateFigure.Worse.UNKNOWN);
  }

  /** Whatever the experiment draws for its reports: without draws nothing could be told. */
  private static Uncertainty uncertainty(List<Metric> metrics, EvaluationRows rows) {
    return Uncertainty.of(metrics, rows, Bootstrap.of(Optional.empty()));
  }
}
