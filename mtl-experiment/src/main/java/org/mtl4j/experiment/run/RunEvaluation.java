package org.mtl4j.experiment.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.split.Split;
import org.mtl4j.eval.evaluator.Measurement;
import org.mtl4j.eval.report.Chart;
import org.mtl4j.eval.report.Report.Section;
import org.mtl4j.experiment.config.FairnessConfig;
import org.mtl4j.experiment.kept.KeptOutput;
import org.mtl4j.experiment.kept.KeptWriter;

/**
 * Measures a run's best state on validation and test rows, calibrated where a task asks for it, and
 * writes what is found: predictions, figures and their intervals, slices and fairness.
 */
final class RunEvaluation {
  private final ExperimentPlan plan;
  private final ExperimentData data;
  private final SplitDataset dataset;
  private final ExperimentListener listener;

  /**
   * Of a run's data.
   *
   * @param dataset the rows that the data were made of, for what is not kept of them
   */
  RunEvaluation(
      ExperimentPlan plan, ExperimentData data, SplitDataset dataset, ExperimentListener listener) {
    this.plan = plan;
    this.data = data;
    this.dataset = dataset;
    this.listener = listener;
  }

  /**
   * What a run's report has of it.
   *
   * @param figures per split, and per kind of cold and warm rows of it
   * @param plots of the last split that there is, by its name
   * @param sections what calibration did, and figures of parts of the rows
   */
  record Found(
      Map<String, Measurement> figures, Map<String, List<Chart>> plots, List<Section> sections) {}

  /** A state that is measured, and what calibration may have changed of it. */
  private record State(Scorer model, List<OutputSpec> calibrated) {}

  /** Calibrates a session's state, measures it, and writes what is found. */
  Found measure(TrainingSession session, RunFiles files) {
    Calibrated calibrated = new Calibrating(plan, listener).calibrate(session, data, last(), files);
    return measure(Scorer.of(session), calibrated, files);
  }

  /** Measures a model that is calibrated, or is not to be, and writes what is found. */
  Found measure(Scorer model, Calibrated calibrated, RunFiles files) {
    Map<Split, SplitEvaluation.Measured> measured =
        evaluate(new State(model, calibrated.outputs()), files);
    Map<String, Measurement> figures = figures(measured);
    Map<String, MetricReport> reports = new LinkedHashMap<>();
    figures.forEach((rows, found) -> reports.put(rows, found.report()));
    warn(reports);
    CalibrationLook after =
        measured.containsKey(last()) ? measured.get(last()).look() : CalibrationLook.NONE;
    Map<String, Measurement> written = new LinkedHashMap<>(figures);
    written.putAll(calibrated.figures(after));
    write(written, files);
    List<Section> sections = new ArrayList<>();
    CalibrationSection.of(calibrated, after).ifPresent(sections::add);
    sections.addAll(slices(measured, files));
    return new Found(figures, plots(measured), sections);
  }

  private Map<Split, SplitEvaluation.Measured> evaluate(State state, RunFiles files) {
    Map<Split, SplitEvaluation.Measured> measured = new EnumMap<>(Split.class);
    for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
      Path file = split == Split.TEST ? files.testPredictions() : files.validationPredictions();
      data.split(split)
          .map(rows -> measure(state, split, files, file))
          .ifPresent(figures -> measured.put(split, figures));
    }
    return measured;
  }

  private SplitEvaluation.Measured measure(State state, Split split, RunFiles files, Path file) {
    if (!plan.config().evaluation().keepPredictions()) {
      return measure(state, split, Optional.empty());
    }
    List<KeptOutput> outputs = state.model().outputs().stream().map(KeptOutput::of).toList();
    try (KeptWriter kept = new KeptWriter(file, outputs)) {
      SplitEvaluation.Measured measured = measure(state, split, Optional.of(kept));
      files.change(kept.finish());
      return measured;
    }
  }

  private SplitEvaluation.Measured measure(State state, Split split, Optional<KeptWriter> kept) {
    List<OutputSpec> outputs = state.model().outputs();
    Optional<SplitSlices> slices =
        SplitSlices.areAskedFor(plan.config().evaluation()) && split == last()
            ? Optional.of(new SplitSlices(plan, dataset, split, outputs))
            : Optional.empty();
    List<OutputSpec> calibrated = split == last() ? state.calibrated() : List.of();
    return new SplitEvaluation(plan, outputs, kept, slices, calibrated)
        .measure(state.model(), data.split(split).orElseThrow());
  }

  /** The split whose figures are looked at in the end. */
  private Split last() {
    return data.split(Split.TEST).isPresent() ? Split.TEST : Split.VALIDATION;
  }

  /** The plots of the last split that there is, by its name. */
  private Map<String, List<Chart>> plots(Map<Split, SplitEvaluation.Measured> measured) {
    return measured.containsKey(last())
        ? Map.of(ExperimentRunner.name(last()), measured.get(last()).plots())
        : Map.of();
  }

  /** What the report has of parts of the rows; their files are written. */
  private List<Section> slices(Map<Split, SplitEvaluation.Measured> measured, RunFiles files) {
    FoundSlices found =
        measured.containsKey(last()) ? measured.get(last()).slices() : FoundSlices.NONE;
    String column = plan.config().evaluation().fairness().map(FairnessConfig::column).orElse("");
    return found.write(files, ExperimentRunner.name(last()), column);
  }

  /** Per split, and per kind of cold and warm rows of it, its figures. */
  private static Map<String, Measurement> figures(Map<Split, SplitEvaluation.Measured> measured) {
    Map<String, Measurement> figures = new LinkedHashMap<>();
    measured.forEach(
        (split, found) ->
            found
                .parts()
                .forEach(
                    (part, values) -> figures.put(ExperimentRunner.name(split) + part, values)));
    return figures;
  }

  private static void write(Map<String, Measurement> figures, RunFiles files) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    Map<String, Object> intervals = new LinkedHashMap<>();
    figures.forEach(
        (rows, found) -> {
          metrics.put(rows, MetricMaps.of(found.report()));
          intervals.put(rows, MetricMaps.of(found.intervals()));
        });
    files.changeJson(files.metrics(), metrics);
    files.changeJson(files.intervals(), intervals);
  }

  private void warn(Map<String, MetricReport> reports) {
    Map<String, Integer> parts = new LinkedHashMap<>();
    reports.forEach(
        (rows, report) -> {
          if (!SplitEvaluation.isPart(rows)) {
            report.warnings().stream()
                .map(warning -> rows + ": " + warning)
                .distinct()
                .forEach(listener::onWarning);
          } else if (!report.warnings().isEmpty()) {
            parts.put(rows, report.warnings().size());
          }
        });
    if (!parts.isEmpty()) {
      listener.onWarning(
          "evaluation.cold: figures of "
              + parts.entrySet().stream()
                  .map(part -> "%s (%d)".formatted(part.getKey(), part.getValue()))
                  .collect(Collectors.joining(", "))
              + " are not defined, or leave something out; report.html says why");
    }
  }
}
