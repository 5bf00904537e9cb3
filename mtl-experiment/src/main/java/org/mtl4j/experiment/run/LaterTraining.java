package org.mtl4j.experiment.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.batch.PackedRows;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.file.Unfinished;
import org.mtl4j.core.graph.Sessions;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.manifest.TrainingProfile;
import org.mtl4j.core.model.Calibrator;
import org.mtl4j.core.training.BatchNeed;
import org.mtl4j.core.training.Checkpoint;
import org.mtl4j.core.training.CheckpointStore;
import org.mtl4j.core.training.Progress;
import org.mtl4j.core.training.StateTransfer;
import org.mtl4j.core.training.Trainer;
import org.mtl4j.core.training.TrainingListener;
import org.mtl4j.core.training.TrainingPlan;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.data.cache.RowCache;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.split.Split;
import org.mtl4j.experiment.drift.RowProfile;

/**
 * A model that goes on from a state, with its optimisers' slots and the number of its steps, on
 * rows that came later. A process that was killed goes on from its own latest checkpoint, and ends
 * with the same bytes.
 *
 * @param plan the run's experiment, with the later rows for its data
 * @param dataset the rows
 * @param listener hears of the training
 */
public record LaterTraining(
    ExperimentPlan plan, SplitDataset dataset, ExperimentListener listener) {
  /**
   * Where training goes on.
   *
   * @param transforms by which the state's tables are read
   * @param checkpoints the state is the best one of them
   * @param export the model as it is served, whose calibrators stay
   */
  public record Base(RunTransforms transforms, Path checkpoints, Path export) {
    /**
     * The state's checkpoint.
     *
     * @throws MtlException CHECKPOINT_INVALID if it is damaged or not there
     */
    public Checkpoint checkpoint() {
      CheckpointStore store = new CheckpointStore(checkpoints);
      Checkpoint latest =
          store
              .latest()
              .orElseThrow(
                  () ->
                      new MtlException(
                          new Problem(
                              ErrorCode.CHECKPOINT_INVALID,
                              checkpoints.toString(),
                              "Expected the state to go on from, found no checkpoint.",
                              "Put the run's checkpoints back, or train it again.")));
      long best = latest.progress().best().step();
      return best == latest.progress().step() ? latest : store.open(best);
    }

    /** By output, as the served model has them. */
    Map<String, Calibrator> calibrators() {
      Map<String, Calibrator> calibrators = new LinkedHashMap<>();
      for (ModelManifest.Output output : ManifestFile.read(export).outputs()) {
        output.calibration().ifPresent(c -> calibrators.put(output.name(), c.calibrator()));
      }
      return calibrators;
    }
  }

  /**
   * What comes of it.
   *
   * @param transforms by which the rows are encoded, an extension of the base's
   * @param files of the folder for checkpoints, history and export
   * @param origin of the checkpoints: a hash of all that their numbers follow from
   * @param provenance of the export
   * @param profile what rows looked like so far, these among them; empty: nobody knows
   */
  public record Target(
      RunTransforms transforms,
      RunFiles files,
      String origin,
      Map<String, String> provenance,
      Optional<RowProfile> profile) {
    /** Copies the map, keeping its order. */
    public Target {
      provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    }
  }

  /**
   * Trains and exports, into version 1 of the target's folder.
   *
   * @param rows read once already
   * @return whether it came to its end, and was not interrupted: then a checkpoint is saved
   * @throws MtlException for whatever is wrong with rows or state, DIVERGED say
   */
  public boolean run(Base base, LaterRows rows, Target target) {
    Sessions.checkGpu();
    LearntData learnt = LearntData.later(target.transforms(), rows.replay());
    target.transforms().write(target.files());
    try (RowCache cache = RowCache.in(target.files().cache(), listener::onWarning)) {
      ExperimentData data = new ExperimentData(learnt, encode(learnt, rows, cache));
      listener.onData(ExperimentRunner.sizes(data), List.of());
      return train(base, data, target);
    }
  }

  private Map<Split, EncodedData> encode(LearntData learnt, LaterRows rows, RowCache cache) {
    long[] read = {0};
    long all = rows.count(Split.TRAIN) + rows.count(Split.VALIDATION);
    Map<Split, PackedRows> encoded =
        learnt.encode(
            plan,
            dataset,
            cache,
            block -> {
              read[0] += block;
              listener.onRows(
                  new ExperimentListener.Reading(
                      ExperimentListener.Pass.ENCODING, read[0], OptionalLong.of(all)));
            });
    return Map.of(Split.TRAIN, encoded.get(Split.TRAIN));
  }

  private boolean train(Base base, ExperimentData data, Target target) {
    RunFiles files = target.files();
    CheckpointStore checkpoints = new CheckpointStore(files.checkpoints(), target.origin());
    Checkpoint first = base.checkpoint();
    TrainingSetup setup = new TrainingSetup(plan, data);
    try (TrainingSession session = setup.session()) {
      Progress progress = Progress.after(first.progress().step());
      CheckpointStore.Resumption resumption = checkpoints.resume();
      if (resumption.checkpoint().isPresent()) {
        ExperimentRunner.restore(session, resumption.checkpoint().get());
        progress = resumption.checkpoint().get().progress();
      } else {
        transfer(session, base, first, target);
      }
      TrainingPlan training = setup.plan(session, plan.judge().earlyStopping());
      BatchNeed.check(session, training);
      RunLog log =
          new RunLog(
              HistoryWriter.after(History.read(files, progress.epoch()), files, listener),
              Optional.empty(),
              setup.gradients(session, training.rows().data()));
      TimingWriter timing = TimingWriter.after(progress.step(), files, listener);
      TrainingListener all = TrainingListener.all(List.of(log, timing, listener));
      Trainer trainer = new Trainer(session, training, checkpoints, all, progress);
      if (trainer.run() == Trainer.Ending.INTERRUPTED) {
        return false;
      }
      listener.onStage("exporting");
      session.calibrate(base.calibrators());
      export(session, data, base, target);
      return true;
    }
  }

  private static void transfer(TrainingSession session, Base base, Checkpoint from, Target target) {
    StateTransfer rules =
        StateTransfer.between(
            base.transforms().learnt(),
            target.transforms().learnt(),
            StateTransfer.Extent.TRAINING);
    try {
      session.transfer(from, rules);
    } catch (IOException e) {
      throw RunFiles.failure(base.checkpoints(), e);
    }
  }

  /** What a killed process exported is not known to be of the same state: it is done again. */
  private void export(TrainingSession session, ExperimentData data, Base base, Target target) {
    Path export = target.files().export(1);
    try {
      Folders.delete(export);
      Files.createDirectories(target.files().exports());
      Unfinished.clear(target.files().exports());
    } catch (IOException e) {
      throw RunFiles.failure(export, e);
    }
    TrainingLook look = new TrainingLook(data);
    TrainingProfile training =
        look.profile(
            target.profile().orElseGet(look::rows),
            session,
            ManifestFile.read(base.export()).training());
    RunFinish.export(
        plan, data.learnt(), session, export, new RunFinish.Facts(target.provenance(), training));
  }
}
