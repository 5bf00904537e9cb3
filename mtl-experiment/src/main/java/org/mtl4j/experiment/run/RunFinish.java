package org.mtl4j.experiment.run;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.export.ExportRequest;
import org.mtl4j.core.export.ModelExporter;
import org.mtl4j.core.feature.EncodedFeatures;
import org.mtl4j.core.manifest.ExportFiles;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.training.CheckpointStore;
import org.mtl4j.core.training.Progress;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.split.Split;
import org.mtl4j.eval.evaluator.Measurement;
import org.mtl4j.eval.evaluator.PredictionCollector;
import org.mtl4j.eval.report.Chart;
import org.mtl4j.eval.report.Report;
import org.mtl4j.eval.report.Report.Section;
import org.mtl4j.eval.report.ReportFormat;
import org.mtl4j.experiment.config.FairnessConfig;
import org.mtl4j.experiment.kept.KeptOutput;
import org.mtl4j.experiment.kept.KeptWriter;

/**
 * What comes after training: the best state is measured and exported, and the report is written,
 * which is what makes a run a finished one. Each part can be done again after a kill, and gives the
 * same.
 */
final class RunFinish {
  private final ExperimentPlan plan;
  private final ExperimentData data;
  private final SplitDataset dataset;
  private final ExperimentListener listener;

  /**
   * Of a run's data.
   *
   * @param dataset the rows that the data were made of, for what is not kept of them
   */
  RunFinish(
      ExperimentPlan plan, ExperimentData data, SplitDataset dataset, ExperimentListener listener) {
    this.plan = plan;
    this.data = data;
    this.dataset = dataset;
    this.listener = listener;
  }

  /** False if the listener asked to stop in between; resuming does the rest. */
  boolean run(
      TrainingSession session,
      CheckpointStore checkpoints,
      RunFiles files,
      Map<String, String> origin) {
    if (listener.stopRequested()) {
      return false;
    }
    listener.onStage("evaluating");
    Progress progress = checkpoints.latest().orElseThrow().progress();
    long best = progress.best().step();
    ExperimentRunner.restore(session, checkpoints.open(best));
    new Calibrating(plan, listener).calibrate(session, data, files);
    Map<Split, SplitEvaluation.Measured> measured = evaluate(session, files);
    Map<String, Measurement> figures = figures(measured);
    Map<String, MetricReport> reports = new LinkedHashMap<>();
    figures.forEach((rows, found) -> reports.put(rows, found.report()));
    warn(reports);
    write(figures, files);
    List<Section> slices = slices(measured, files);
    if (listener.stopRequested()) {
      return false;
    }
    listener.onStage("exporting");
    Map<String, String> provenance = new LinkedHashMap<>(origin);
    provenance.put("step", Long.toString(best));
    if (!isExported(files, provenance)) {
      export(session, files, provenance);
    }
    History history = History.read(files, progress.epoch());
    Report report =
        RunReport.of(
            new RunReport.Source(plan.document(), origin, history, data.learnt().lint()),
            figures,
            plots(measured),
            slices);
    files.change(files.reportData(), ReportFormat.JSON.write(report));
    files.write(files.report(), ReportFormat.HTML.write(report));
    return true;
  }

  private Map<Split, SplitEvaluation.Measured> evaluate(TrainingSession session, RunFiles files) {
    Map<Split, SplitEvaluation.Measured> measured = new EnumMap<>(Split.class);
    for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
      Path file = split == Split.TEST ? files.testPredictions() : files.validationPredictions();
      data.split(split)
          .map(rows -> measure(session, split, files, file))
          .ifPresent(figures -> measured.put(split, figures));
    }
    return measured;
  }

  private SplitEvaluation.Measured measure(
      TrainingSession session, Split split, RunFiles files, Path file) {
    if (!plan.config().evaluation().keepPredictions()) {
      return measure(session, split, Optional.empty());
    }
    List<KeptOutput> outputs = session.spec().outputs().stream().map(KeptOutput::of).toList();
    try (KeptWriter kept = new KeptWriter(file, outputs)) {
      SplitEvaluation.Measured measured = measure(session, split, Optional.of(kept));
      files.change(kept.finish());
      return measured;
    }
  }

  private SplitEvaluation.Measured measure(
      TrainingSession session, Split split, Optional<KeptWriter> kept) {
    List<OutputSpec> outputs = session.spec().outputs();
    Optional<SplitSlices> slices =
        SplitSlices.areAskedFor(plan.config().evaluation()) && split == last()
            ? Optional.of(new SplitSlices(plan, dataset, split, outputs))
            : Optional.empty();
    return new SplitEvaluation(plan, outputs, kept, slices)
        .measure(session, data.split(split).orElseThrow());
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

  /** Block by block: of all rows only what the metrics need is in memory. */
  static MetricReport evaluate(ExperimentPlan plan, TrainingSession session, EncodedData rows) {
    PredictionCollector collector = plan.judge().evaluator().collector(session.spec().outputs());
    session.predict(
        rows,
        (from, predictions) -> {
          EncodedRows block = rows.block(from, predictions.rowCount());
          collector.add(predictions, block.labels(), block.groups(), ItemMarks.of(block.labels()));
        });
    return collector.report();
  }

  /** Whether the newest export is of this very state, and whole. A damaged one is left alone. */
  private static boolean isExported(RunFiles files, Map<String, String> provenance) {
    OptionalInt version = files.latestExport();
    if (version.isEmpty()) {
      return false;
    }
    try {
      ModelManifest newest = ManifestFile.read(files.export(version.getAsInt()));
      ExportFiles.check(files.export(version.getAsInt()), newest);
      return provenance.equals(newest.provenance());
    } catch (MtlException e) {
      if (e.code() != ErrorCode.EXPORT_INVALID && e.code() != ErrorCode.FILE_MISSING) {
        throw e;
      }
      return false;
    }
  }

  private void export(TrainingSession session, RunFiles files, Map<String, String> provenance) {
    EncodedFeatures encoded = data.learnt().pipeline().encodeServed(data.learnt().replay());
    EncodedRows rows =
        new EncodedRows(
            encoded.rowCount(), encoded.ids(), encoded.dense(), Map.of(), Optional.empty());
    ExportRequest request =
        new ExportRequest(
            new ExportRequest.Origin(
                provenance.get("experiment"),
                provenance,
                Lookups.specs(plan.config().data().lookups(), data.learnt().replay().columns())),
            session.spec(),
            session.state(),
            session.calibrators(),
            new ExportRequest.Replay(data.learnt().replay(), session.predict(rows)));
    try {
      ModelExporter.export(request, files.export(files.latestExport().orElse(0) + 1));
    } catch (MtlException e) {
      throw e.code() == ErrorCode.IO ? resumable(e) : e;
    }
  }

  /** Whoever exports on their own chooses another folder; a run has but one. */
  private static MtlException resumable(MtlException failure) {
    Problem problem = failure.problems().get(0);
    return new MtlException(
        new Problem(
            problem.code(),
            problem.where(),
            problem.what(),
            "Make room, then go on with --resume."),
        failure);
  }
}
