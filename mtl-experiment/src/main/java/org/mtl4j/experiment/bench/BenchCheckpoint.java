package org.mtl4j.experiment.bench;

import java.io.IOException;
import java.nio.file.Path;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.training.CheckpointStore;
import org.mtl4j.core.training.EpochLosses;
import org.mtl4j.core.training.Progress;
import org.mtl4j.core.training.TrainerSpec;
import org.mtl4j.core.training.TrainingSession;

/**
 * A checkpoint on its way to disk and back, with a watch beside it. Closing deletes what is there
 * of it.
 */
final class BenchCheckpoint implements AutoCloseable {
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
    Progress.Best none = new Progress.Best(0, Double.NaN, 0);
    new CheckpointStore(folder)
        .save(session.state(), new Progress(STEP, 0, EpochLosses.none(), none));
    saveSeconds = secondsSince(start);
  }

  /**
   * A new session with the saved numbers, for the caller to close; none is left if they cannot be
   * restored.
   */
  TrainingSession restore(TrainerSpec spec) {
    long start = System.nanoTime();
    TrainingSession session = new TrainingSession(spec);
    try {
      session.restore(new CheckpointStore(folder).open(STEP));
    } catch (IOException e) {
      session.close();
      throw failure("The checkpoint could not be read: " + e + ".", e);
    } catch (RuntimeException | Error e) {
      session.close();
      throw e;
    }
    restoreSeconds = secondsSince(start);
    return session;
  }

  TrainBench.CheckpointTimes times() {
    return new TrainBench.CheckpointTimes(saveSeconds, restoreSeconds);
  }

  @Override
  public void close() {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw failure("The checkpoint could not be deleted: " + e + ".", e);
    }
  }

  private MtlException failure(String what, IOException e) {
    return new MtlException(new Problem(ErrorCode.IO, folder.toString(), what, ""), e);
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
