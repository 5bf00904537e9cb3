package org.mtl4j.experiment.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
import org.mtl4j.core.manifest.TrainingProfile;
import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.core.training.CheckpointStore;
import org.mtl4j.core.training.Progress;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.eval.evaluator.PredictionCollector;
import org.mtl4j.eval.report.Report;
import org.mtl4j.eval.report.Report.Section;
import org.mtl4j.eval.report.ReportFormat;
import org.mtl4j.experiment.drift.RowProfile;

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
    RunEvaluation.Found found =
        new RunEvaluation(plan, data, dataset, listener).measure(session, files);
    if (listener.stopRequested()) {
      return false;
    }
    listener.onStage("exporting");
    TrainingLook look = new TrainingLook(data);
    RowProfile profile = look.rows();
    files.changeJson(files.profile(), profile);
    Map<String, String> provenance = new LinkedHashMap<>(origin);
    provenance.put("step", Long.toString(best));
    if (!isExported(files, provenance)) {
      Path next = files.export(files.latestExport().orElse(0) + 1);
      TrainingProfile training = look.profile(profile, session, Optional.empty());
      export(plan, data.learnt(), session, next, new Facts(provenance, training));
    }
    History history = History.read(files, progress.epoch());
    List<Section> sections = sections(found, files);
    FrontStates.of(plan.judge(), progress.best())
        .ifPresent(
            front -> {
              files.changeJson(files.front(), front.json());
              sections.add(front.section(history));
            });
    Report report =
        RunReport.of(
            new RunReport.Source(plan.document(), origin, history, data.learnt().lint()),
            found.figures(),
            found.plots(),
            sections);
    files.change(files.reportData(), ReportFormat.JSON.write(report));
    files.write(files.report(), ReportFormat.HTML.write(report));
    return true;
  }

  /** What was found in rows, behind what the run began from. */
  private List<Section> sections(RunEvaluation.Found found, RunFiles files) {
    List<Section> sections = new ArrayList<>();
    if (plan.config().training().initFrom().isPresent()) {
      sections.add(TransferWords.section(Transferred.read(files)));
    }
    sections.addAll(found.sections());
    return sections;
  }

  /** Block by block: of all rows only what the metrics need is in memory. */
  static MetricReport evaluate(ExperimentPlan plan, TrainingSession session, EncodedData rows) {
    PredictionCollector collector =
        plan.judge().evaluator().collector(session.spec().outputs(), RowRooms.ofExperiment());
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

  /**
   * What an export says of its numbers.
   *
   * @param provenance where they come from
   * @param training what the rows looked like
   */
  record Facts(Map<String, String> provenance, TrainingProfile training) {}

  /** Exports a session's state, with a certificate over the rows that were kept for it. */
  static void export(
      ExperimentPlan plan, LearntData learnt, TrainingSession session, Path target, Facts facts) {
    EncodedFeatures encoded = learnt.pipeline().encodeServed(learnt.replay());
    EncodedRows rows =
        new EncodedRows(
            encoded.rowCount(), encoded.ids(), encoded.dense(), Map.of(), Optional.empty());
    ExportRequest request =
        new ExportRequest(
            new ExportRequest.Origin(
                facts.provenance().get("experiment"),
                facts.provenance(),
                Lookups.specs(plan.config().data().lookups(), learnt.replay().columns()),
                Optional.of(facts.training())),
            session.spec(),
            session.state(),
            session.calibrators(),
            new ExportRequest.Replay(
                learnt.replay(), session.predict(rows), plan.config().export().warmupRows()));
    try {
      ModelExporter.export(request, target);
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
