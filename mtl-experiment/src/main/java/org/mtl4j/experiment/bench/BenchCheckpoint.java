package org.mtl4j.experiment.bench;

import java.io.IOException;
import java.nio.file.Path;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.training.Checkpoint;
import org.mtl4j.core.training.CheckpointStore;
import org.mtl4j.core.training.EpochLosses;
import org.mtl4j.core.training.Progress;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingSession;

/** A checkpoint on its way to disk and back, with a watch beside it. */
final class BenchCheckpoint {
  private static final int STEP = 1;

  private final Path folder;
  private double saveSeconds;
  private double restoreSeconds;

  /** Will write below a folder. */
  BenchCheckpoint(Path parent) {
    this.folder = parent.resolve("mtl-bench-checkpoint-" + ProcessHandle.current().pid());
  }

  void save(TrainingSession session) {
    long start = System.nanoTime();
    new CheckpointStore(folder)
        .save(
            session.state(),
            new Progress(STEP, 1, EpochLosses.none(), new Progress.Best(STEP, Double.NaN, 0)));
    saveSeconds = secondsSince(start);
  }

  /** A new session with the saved numbers; the checkpoint is deleted. */
  TrainingSession restore(TrainerSpec spec) {
    long start = System.nanoTime();
    TrainingSession session = new TrainingSession(spec);
    try {
      Checkpoint saved = new CheckpointStore(folder).open(STEP);
      session.restore(saved);
      restoreSeconds = secondsSince(start);
      Folders.delete(folder);
      return session;
    } catch (IOException e) {
      session.close();
      throw new MtlException(
          new Problem(
              ErrorCode.IO, folder.toString(), "The checkpoint could not be read: " + e + ".", ""),
          e);
    }
  }

  TrainBench.CheckpointTimes times() {
    return new TrainBench.CheckpointTimes(saveSeconds, restoreSeconds);
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
