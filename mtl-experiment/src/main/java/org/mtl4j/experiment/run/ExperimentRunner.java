package org.mtl4j.experiment.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.graph.Sessions;
import org.mtl4j.core.training.BatchNeed;
import org.mtl4j.core.training.Checkpoint;
import org.mtl4j.core.training.CheckpointStore;
import org.mtl4j.core.training.Progress;
import org.mtl4j.core.training.RateSchedule;
import org.mtl4j.core.training.Trainer;
import org.mtl4j.core.training.TrainingListener;
import org.mtl4j.core.training.TrainingPlan;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.data.cache.CacheContents;
import org.mtl4j.data.cache.RowCache;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.split.Split;
import org.mtl4j.experiment.config.ExperimentConfig;
import org.mtl4j.experiment.config.TensorBoardConfig;
import org.mtl4j.experiment.events.EventLog;

/**
 * Runs an experiment from its data to its export: reads, learns the transforms, trains, keeps the
 * best state, measures it and exports it. What it leaves behind is described by {@link RunFiles}.
 */
final class ExperimentRunner {
  private final ExperimentPlan plan;
  private final ExperimentService service;
  private final ExperimentListener listener;
  private final RunObserver observer;

  ExperimentRunner(
      ExperimentPlan plan,
      ExperimentService service,
      ExperimentListener listener,
      RunObserver observer) {
    this.plan = plan;
    this.service = service;
    this.listener = listener;
    this.observer = observer;
  }

  Run run(TrainOptions options) {
    Sessions.checkGpu(); // Before data are read, which may take hours.
    try (RunFolder folder = RunFolder.take(plan, service.reader(), options, listener);
        RowCache cache = RowCache.in(folder.files().cache(), listener::onWarning)) {
      return run(folder, cache, options);
    }
  }

  /** All that can be refused is refused before the first file is written. */
  private Run run(RunFolder folder, RowCache cache, TrainOptions options) {
    Optional<Inheritance> inherited = Inheritance.of(plan, folder.files(), folder.isBegun());
    SplitDataset dataset = service.datasets().splits(plan);
    inherited.ifPresent(from -> from.check(dataset.columns()));
    SplitSlices.check(plan.config().evaluation(), dataset.columns());
    Optional<Path> kept = service.cache().of(plan.config().data().cache());
    try (PreparedData prepared =
        new DataPreparation(
                plan, dataset, options.lint(), inherited.flatMap(Inheritance::kept), listener)
            .prepare(cache, kept)) {
      kept.ifPresent(this::shrink);
      if (plan.learner() instanceof Learner.Fitted baseline) {
        return new BaselineRunner(plan, baseline, listener).run(folder, dataset, prepared);
      }
      TrainingSetup setup = new TrainingSetup(plan, prepared.data());
      return options
          .memory()
          .within(setup::need, () -> run(folder, new Material(dataset, prepared, inherited)));
    }
  }

  /** What was used longest ago goes; what is left beyond the limit is in use. */
  private void shrink(Path cache) {
    long limit = plan.config().data().cache().maxBytes();
    try {
      CacheContents.Cleared cleared = new CacheContents(cache).shrink(limit);
      for (CacheContents.Listed entry : cleared.deleted()) {
        listener.onNote(
            "the cache's entry %s of %s is deleted: data.cache.max_gigabytes is reached"
                .formatted(entry.key(), entry.info().experiment()));
      }
      if (!cleared.left().isEmpty()) {
        listener.onNote(
            "the cache %s is larger than data.cache.max_gigabytes: entries in use are left"
                .formatted(cache));
      }
    } catch (MtlException e) {
      listener.onNote(e.getMessage());
    }
  }

  /** What a run is made of besides its plan. */
  private record Material(
      SplitDataset dataset, PreparedData prepared, Optional<Inheritance> inherited) {
    String source() {
      return inherited.map(i -> i.identity().checkpoint()).orElse("");
    }

    /** What training begins from, if that is a run: taken over now, or when this run began. */
    Optional<Transferred> transfer(
        ExperimentPlan plan, TrainingSession session, RunFiles files, boolean begins) {
      return inherited.map(
          from -> begins ? from.begin(session, plan, dataset) : Transferred.read(files));
    }
  }

  private Run run(RunFolder folder, Material material) {
    ExperimentData data = material.prepared().data();
    String fingerprint = material.prepared().fingerprint();
    RunFiles files = folder.files();
    ExperimentConfig config = plan.config();
    listener.onData(sizes(data), data.learnt().warnings());
    plan.warnings().forEach(listener::onWarning);
    checkValidation(data);
    String origin =
        folder.isBegun()
            ? Provenance.origin(config, fingerprint, material.source(), files)
            : Provenance.origin(config, fingerprint, material.source());
    CheckpointStore checkpoints = new CheckpointStore(files.checkpoints(), origin);
    Optional<Checkpoint> latest = latest(checkpoints);
    Progress progress = latest.map(Checkpoint::progress).orElseGet(Progress::start);
    History history = History.read(files, progress.epoch());
    Map<String, String> provenance = Provenance.of(config, fingerprint, origin);
    TrainingSetup setup = new TrainingSetup(plan, data);
    try (TrainingSession session = setup.session()) {
      TrainingPlan training = setup.plan(session, plan.judge().earlyStopping());
      training.rows().sampling().ifPresent(s -> listener.onSampling(s.arithmetic()));
      BatchNeed.check(session, training);
      Optional<Transferred> transferred = material.transfer(plan, session, files, latest.isEmpty());
      latest.ifPresent(checkpoint -> restore(session, checkpoint));
      transferred.map(Transferred::facts).ifPresent(provenance::putAll);
      files.changeJson(files.provenance(), provenance); // First: see RunFolder.isFree.
      files.change(files.experiment(), plan.document().yaml());
      RunTransforms.of(data.learnt()).write(files);
      transferred.ifPresent(t -> files.changeJson(files.transfer(), t));
      if (latest.isEmpty()) {
        transferred.map(TransferWords::lines).ifPresent(lines -> lines.forEach(listener::onNote));
      }
      TrainingListener observing =
          observer.observe(
              new RunObserver.Training(files, plan, session, training.rows().data(), progress));
      TrainingListener all =
          TrainingListener.all(
              List.of(
                  new RunLog(
                      HistoryWriter.after(history, files, listener),
                      scalars(files, progress.step()),
                      setup.gradients(session, training.rows().data())),
                  TimingWriter.after(progress.step(), files, listener),
                  observing,
                  listener));
      Trainer.Ending ending = new Trainer(session, training, checkpoints, all, progress).run();
      RunFinish finish = new RunFinish(plan, data, material.dataset(), listener);
      boolean finished =
          ending != Trainer.Ending.INTERRUPTED
              && finish.run(session, checkpoints, files, provenance);
      return new Run(files, finished ? Run.Status.FINISHED : Run.Status.INTERRUPTED);
    }
  }

  /** Events behind the checkpoint go in any case. */
  private Optional<RunScalars> scalars(RunFiles files, long step) {
    TensorBoardConfig wanted = plan.config().training().tensorboard();
    EventLog log = EventLog.after(step, files.tensorboard(), InstantSource.system());
    return wanted.enabled() ? Optional.of(new RunScalars(log, wanted.every())) : Optional.empty();
  }

  private Optional<Checkpoint> latest(CheckpointStore checkpoints) {
    CheckpointStore.Resumption resumption = checkpoints.resume();
    resumption.refused().forEach(problem -> listener.onWarning(problem.toString()));
    if (!resumption.refused().isEmpty()) {
      long step = resumption.checkpoint().orElseThrow().progress().step();
      listener.onWarning(
          "going on from the checkpoint before, that of step %d; the refused ones are kept as %s"
              .formatted(step, "checkpoints/refused-step-N"));
    }
    return resumption.checkpoint();
  }

  static Map<String, Integer> sizes(ExperimentData data) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    for (Split split : Split.values()) {
      sizes.put(name(split), data.split(split).map(EncodedData::rowCount).orElse(0));
    }
    return sizes;
  }

  private void checkValidation(ExperimentData data) {
    if (data.split(Split.VALIDATION).isPresent()) {
      return;
    }
    CalibrationCheck.checkRows(plan.config().tasks());
    Learner.Graph graph = plan.learner().graph("Training");
    if (graph.updates().schedule().filter(RateSchedule::isWatching).isPresent()) {
      throw new MtlException(
          new Problem(
              ErrorCode.NO_ROWS,
              "training.schedule",
              "The schedule watches a metric of validation rows, and the split leaves none.",
              "Give data.split a validation share, or take another schedule."));
    }
    if (plan.judge().earlyStopping().isPresent()) {
      throw new MtlException(
          new Problem(
              ErrorCode.NO_ROWS,
              "training.early_stopping",
              "Early stopping needs validation rows, and the split leaves none.",
              "Give data.split a validation share, or leave early_stopping out."));
    }
  }

  /** Puts a checkpoint's numbers into a session. */
  static void restore(TrainingSession session, Checkpoint checkpoint) {
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

  static String name(Split split) {
    return split.name().toLowerCase(Locale.ROOT);
  }
}
