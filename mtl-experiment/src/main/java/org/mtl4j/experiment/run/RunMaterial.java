package org.mtl4j.experiment.run;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.training.CheckpointStore;
import org.mtl4j.core.training.EarlyStopping;
import org.mtl4j.core.training.Progress;
import org.mtl4j.core.training.TrainingPlan;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.data.cache.RowCache;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.split.Split;

/**
 * What a finished run was made of, to be looked into: its rules, its rows, encoded as they were for
 * it, and its best state. Other models can be trained on the very same rows by the same rules.
 */
public final class RunMaterial {
  private final TrainingSetup setup;
  private final CheckpointStore checkpoints;
  private final Progress progress;

  private RunMaterial(TrainingSetup setup, CheckpointStore checkpoints, Progress progress) {
    this.setup = setup;
    this.checkpoints = checkpoints;
    this.progress = progress;
  }

  /** Takes the run's folder and makes its data ready while {@code work} lasts. */
  static <T> T of(
      Run run,
      ExperimentService service,
      ExperimentListener listener,
      ExperimentPlan plan,
      Function<RunMaterial, T> work) {
    RunFiles files = run.files();
    try (OutputFolder folder =
            OutputFolder.take(files.folder(), OutputFolder.Use.DIAGNOSIS, listener::onWarning);
        RowCache cache = RowCache.in(folder.path().resolve(files.cache().getFileName()), w -> {});
        PreparedData prepared = prepared(plan, service, listener, cache)) {
      listener.onData(ExperimentRunner.sizes(prepared.data()), List.of());
      String origin = Provenance.origin(plan.config(), prepared.fingerprint(), files);
      CheckpointStore checkpoints = new CheckpointStore(files.checkpoints(), origin);
      Progress progress =
          checkpoints
              .latest()
              .orElseThrow(
                  () ->
                      new MtlException(
                          new Problem(
                              ErrorCode.CHECKPOINT_INVALID,
                              files.checkpoints().toString(),
                              "Expected the run's best checkpoint, found none.",
                              "Train the run again.")))
              .progress();
      return work.apply(
          new RunMaterial(new TrainingSetup(plan, prepared.data()), checkpoints, progress));
    }
  }

  /** With the linter, as a run keeps its rows; without it where it finds errors. */
  private static PreparedData prepared(
      ExperimentPlan plan, ExperimentService service, ExperimentListener listener, RowCache own) {
    ExperimentListener silent =
        new ExperimentListener() {
          @Override
          public void onRows(Reading reading) {
            listener.onRows(reading);
          }
        };
    try {
      return prepared(plan, service, silent, own, true);
    } catch (MtlException e) {
      if (e.code() != ErrorCode.LINT) {
        throw e;
      }
      return prepared(plan, service, silent, own, false);
    }
  }

  private static PreparedData prepared(
      ExperimentPlan plan,
      ExperimentService service,
      ExperimentListener listener,
      RowCache own,
      boolean lint) {
    SplitDataset dataset = service.datasets().splits(plan);
    return new DataPreparation(plan, dataset, lint, listener)
        .prepare(own, service.cache().of(plan.config().data().cache()));
  }

  /** The experiment. */
  public ExperimentPlan plan() {
    return setup.plan();
  }

  /** The tasks, with what was learnt of their labels. */
  public List<FittedTask> tasks() {
    return setup.data().learnt().tasks();
  }

  /** The rows of a split; empty if it has none. */
  public Optional<EncodedData> rows(Split split) {
    return setup.data().split(split);
  }

  /** The step of the run's best state. */
  public long bestStep() {
    return progress.best().step();
  }

  /**
   * The run's model in its best state, its predictions not calibrated; the caller closes it.
   *
   * @throws MtlException CHECKPOINT_INVALID if its checkpoint is damaged or not of these data
   */
  public TrainingSession best() {
    TrainingSession session = fresh(plan().learner().model(), tasks());
    try {
      ExperimentRunner.restore(session, checkpoints.open(bestStep()));
      return session;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** A model before its first step, seeded as the run's; the caller closes it. */
  public TrainingSession fresh(MultiTaskModel model, List<FittedTask> tasks) {
    return setup.session(model, tasks);
  }

  /** How the experiment trains such a model. */
  public TrainingPlan training(TrainingSession session, Optional<EarlyStopping> stopping) {
    return setup.plan(session, stopping);
  }
}
