package org.mtl4j.experiment.run;

import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.config.ConfigWriter;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.export.ExportRequest;
import org.mtl4j.core.export.ModelExporter;
import org.mtl4j.core.feature.EncodedFeatures;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.training.Checkpoint;
import org.mtl4j.core.training.CheckpointStore;
import org.mtl4j.core.training.Progress;
import org.mtl4j.core.training.Trainer;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingListener;
import org.mtl4j.core.training.TrainingPlan;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.data.cache.RowCache;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.split.Split;
import org.mtl4j.eval.evaluator.PredictionCollector;
import org.mtl4j.experiment.config.ExperimentConfig;
import org.mtl4j.experiment.config.TrainingConfig;

/**
 * Runs an experiment from its data to its export: reads, learns the transforms, trains, keeps the
 * best state, measures it and exports it. What it leaves behind is described by {@link RunFiles}.
 */
final class ExperimentRunner {
  private final ExperimentPlan plan;
  private final Datasets datasets;
  private final ExperimentListener listener;

  ExperimentRunner(ExperimentPlan plan, Datasets datasets, ExperimentListener listener) {
    this.plan = plan;
    this.datasets = datasets;
    this.listener = listener;
  }

  Run run(TrainOptions options) {
    RunFiles files = new RunFiles(options.output());
    try (RowCache cache = RowCache.in(files.cache())) {
      checkFolder(files, options);
      return run(options, files, cache);
    }
  }

  private Run run(TrainOptions options, RunFiles files, RowCache cache) {
    ExperimentConfig config = plan.config();
    Seed seed = new Seed(config.seed());
    SplitDataset dataset = datasets.splits(config.data(), seed);
    ExperimentData data = ExperimentData.prepare(plan, dataset, cache);
    listener.onData(sizes(data), data.learnt().warnings());
    files.write(files.experiment(), plan.document().yaml());
    Map<String, String> provenance = Provenance.of(config, fingerprint(dataset));
    files.writeJson(files.provenance(), provenance);
    try (TrainingSession session = new TrainingSession(spec(data, seed))) {
      Trainer.Ending ending = train(session, data, files, options);
      if (ending == Trainer.Ending.INTERRUPTED) {
        return new Run(files, Run.Status.INTERRUPTED);
      }
      finish(session, data, files, provenance);
    }
    return new Run(files, Run.Status.FINISHED);
  }

  private void checkFolder(RunFiles files, TrainOptions options) {
    if (!files.isEmpty() && !options.resume()) {
      throw new MtlException(
          new Problem(
              ErrorCode.OUTPUT_FOLDER,
              files.folder().toString(),
              "The run's folder is not empty, and nothing is ever written over.",
              "Choose another folder with --output, or go on with --resume."));
    }
    if (Files.exists(files.experiment())) {
      checkSameExperiment(files);
    }
  }

  /** A run goes on with the experiment that it began with; only the number of epochs may change. */
  private void checkSameExperiment(RunFiles files) {
    String epochs = Integer.toString(plan.config().training().epochs());
    ConfigFile before = ConfigFile.read(files.experiment()).withOverride("training.epochs", epochs);
    ConfigFile now = ConfigFile.parse(ConfigWriter.write(plan.config()), "now");
    if (!before.root().equals(now.root())) {
      throw new MtlException(
          new Problem(
              ErrorCode.CONFIG_VALUE,
              files.experiment().toString(),
              "The run in this folder was made by another experiment than the one to go on with.",
              "Give the run's own experiment.yaml, or start a new run with --output."));
    }
  }

  private static Map<String, Integer> sizes(ExperimentData data) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    for (Split split : Split.values()) {
      sizes.put(name(split), data.split(split).map(EncodedData::rowCount).orElse(0));
    }
    return sizes;
  }

  private static String fingerprint(SplitDataset dataset) {
    return dataset.rows(Split.TRAIN).fingerprint();
  }

  private TrainerSpec spec(ExperimentData data, Seed seed) {
    int threads = plan.config().training().threads().orElse(1);
    return new TrainerSpec(
        data.learnt().pipeline(),
        data.learnt().tasks(),
        plan.learner().model(),
        plan.learner().updates(),
        new TrainerSpec.Execution(seed, FloatType.FLOAT32, threads));
  }

  private Trainer.Ending train(
      TrainingSession session, ExperimentData data, RunFiles files, TrainOptions options) {
    CheckpointStore checkpoints = new CheckpointStore(files.checkpoints());
    Progress progress = Progress.start();
    Optional<Checkpoint> latest = options.resume() ? checkpoints.latest() : Optional.empty();
    if (latest.isPresent()) {
      restore(session, latest.get());
      progress = latest.get().progress();
    }
    TrainingListener all =
        TrainingListener.all(List.of(new HistoryWriter(files, progress.epoch()), listener));
    return new Trainer(session, trainingPlan(session, data), checkpoints, all, progress).run();
  }

  private TrainingPlan trainingPlan(TrainingSession session, ExperimentData data) {
    TrainingConfig training = plan.config().training();
    Optional<Supplier<MetricReport>> judge =
        data.split(Split.VALIDATION).map(rows -> () -> evaluate(session, rows));
    if (plan.judge().earlyStopping().isPresent() && judge.isEmpty()) {
      throw new MtlException(
          new Problem(
              ErrorCode.NO_ROWS,
              "training.early_stopping",
              "Early stopping needs validation rows, and the split leaves none.",
              "Give data.split a validation share, or leave early_stopping out."));
    }
    return new TrainingPlan(
        data.split(Split.TRAIN).orElseThrow(),
        judge,
        training.epochs(),
        training.batchSize(),
        plan.judge().earlyStopping());
  }

  /** Block by block: of all rows only what the metrics need is in memory. */
  private MetricReport evaluate(TrainingSession session, EncodedData rows) {
    PredictionCollector collector = plan.judge().evaluator().collector(session.spec().outputs());
    session.predict(
        rows,
        (from, predictions) -> {
          EncodedRows block = rows.block(from, predictions.rowCount());
          collector.add(predictions, block.labels(), block.groups());
        });
    return collector.report();
  }

  private void finish(
      TrainingSession session, ExperimentData data, RunFiles files, Map<String, String> origin) {
    CheckpointStore checkpoints = new CheckpointStore(files.checkpoints());
    long best = checkpoints.latest().orElseThrow().progress().bestStep();
    restore(session, checkpoints.open(best));
    listener.onStage("evaluating");
    Map<Split, MetricReport> reports = new EnumMap<>(Split.class);
    Map<String, Object> metrics = new LinkedHashMap<>();
    for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
      data.split(split)
          .ifPresent(
              rows -> {
                MetricReport report = evaluate(session, rows);
                reports.put(split, report);
                metrics.put(name(split), MetricMaps.of(report));
              });
    }
    files.writeJson(files.metrics(), metrics);
    listener.onStage("exporting");
    export(session, data, files, origin, best);
    files.write(files.report(), RunReport.html(plan.document(), origin, files, reports));
  }

  private static void export(
      TrainingSession session,
      ExperimentData data,
      RunFiles files,
      Map<String, String> origin,
      long step) {
    Map<String, String> provenance = new LinkedHashMap<>(origin);
    provenance.put("step", Long.toString(step));
    if (files.latestExport().isPresent()) {
      ModelManifest newest = ManifestFile.read(files.export(files.latestExport().getAsInt()));
      if (provenance.equals(newest.provenance())) {
        return;
      }
    }
    EncodedFeatures encoded = data.learnt().pipeline().encode(data.learnt().replay());
    EncodedRows rows =
        new EncodedRows(
            encoded.rowCount(), encoded.ids(), encoded.dense(), Map.of(), Optional.empty());
    ModelExporter.export(
        new ExportRequest(
            origin.get("experiment"),
            session.spec(),
            session.state(),
            provenance,
            new ExportRequest.Replay(data.learnt().replay(), session.predict(rows))),
        files.export(files.latestExport().orElse(0) + 1));
  }

  private static void restore(TrainingSession session, Checkpoint checkpoint) {
    try {
      session.restore(checkpoint);
    } catch (IOException | IllegalStateException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.CHECKPOINT_INVALID,
              "step " + checkpoint.progress().step(),
              "The checkpoint does not fit this experiment and its data: " + e.getMessage() + ".",
              "The data or the experiment has changed since; start a new run."),
          e);
    }
  }

  private static String name(Split split) {
    return split.name().toLowerCase(Locale.ROOT);
  }
}
