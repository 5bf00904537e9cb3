package org.mtl4j.core.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.file.Unfinished;

/**
 * The checkpoints of a run: folders {@code step-N}. Those of the latest two ends of epochs and the
 * ones to keep stay, and one between two steps of an epoch as long as it is the latest. A
 * checkpoint is written under another name, forced to the disk and renamed when it is whole, so
 * that a folder named {@code step-N} is a whole checkpoint whenever the process or the machine
 * dies.
 */
public final class CheckpointStore {
  private static final String PREFIX = "step-";
  private static final String OLD = ".old-";
  private static final String REFUSED = "refused-";
  private static final int EPOCHS_KEPT = 2;

  private final Path folder;
  private final String origin;

  /** The store in a folder, which is made when something is saved; of whatever origin. */
  public CheckpointStore(Path folder) {
    this(folder, "");
  }

  /**
   * The store of a run.
   *
   * @param folder made when something is saved
   * @param origin what the run is made of, as a hash say: checkpoints of another origin are
   *     refused; empty: whatever origin
   */
  public CheckpointStore(Path folder, String origin) {
    this.folder = folder;
    this.origin = origin;
  }

  /**
   * Where a run goes on.
   *
   * @param checkpoint the latest that is whole; empty if there is none at all
   * @param refused what is wrong with later ones, which were put aside as {@code refused-step-N}
   */
  public record Resumption(Optional<Checkpoint> checkpoint, List<Problem> refused) {
    /** Copies the list. */
    public Resumption {
      refused = List.copyOf(refused);
    }
  }

  /**
   * Saves a state as that of {@code progress.step()}, and drops those no longer wanted.
   *
   * @throws MtlException IO if it cannot be written, or what the state throws when it is read; what
   *     was there before stays
   */
  public void save(TrainedState state, Progress progress) {
    Path target = folder(progress.step());
    Unfinished unfinished = new Unfinished(target);
    try {
      Folders.make(folder);
      Unfinished.clear(folder);
      settle();
      Files.createDirectory(unfinished.path());
      Checkpoint.write(unfinished.path(), state, progress, origin);
      replace(target, unfinished);
      prune(progress);
    } catch (RuntimeException e) {
      unfinished.drop(); // The state would not be read.
      throw e;
    } catch (IOException e) {
      unfinished.drop();
      throw new MtlException(
          new Problem(
              ErrorCode.IO,
              target.toString(),
              "The checkpoint of %,d bytes could not be written: %s."
                  .formatted(state.tensors().stream().mapToLong(StateTensor::bytes).sum(), e),
              "Make room, then go on with --resume; earlier checkpoints are whole."),
          e);
    }
  }

  /**
   * The same step may be there from within its epoch: it keeps the place until the new one has it.
   */
  private void replace(Path target, Unfinished unfinished) throws IOException {
    if (!Files.exists(target)) {
      unfinished.finish();
      return;
    }
    Unfinished.rename(target, folder.resolve(OLD + target.getFileName()));
    try {
      unfinished.finish();
    } finally {
      settle();
    }
  }

  /** Where a checkpoint was to be replaced: the old one goes if the new one is there, else back. */
  private void settle() throws IOException {
    for (Path old : Folders.list(folder)) {
      String name = old.getFileName().toString();
      if (name.startsWith(OLD)) {
        Path target = folder.resolve(name.substring(OLD.length()));
        if (Files.exists(target)) {
          Folders.delete(old);
        } else {
          Unfinished.rename(old, target);
        }
      }
    }
  }

  /** Deletes a checkpoint, under a name that nothing reads. */
  private void discard(long step) throws IOException {
    Unfinished unfinished = new Unfinished(folder(step));
    Folders.delete(unfinished.path());
    Unfinished.rename(folder(step), unfinished.path());
    Folders.delete(unfinished.path());
  }

  private void prune(Progress now) throws IOException {
    List<Long> ends = new ArrayList<>();
    for (long step : steps()) {
      boolean within = step == now.step() ? now.withinEpoch() : withinEpoch(step);
      if (!within) {
        ends.add(step);
      } else if (step != now.step()) {
        discard(step);
      }
    }
    for (long step : ends.subList(0, Math.max(0, ends.size() - EPOCHS_KEPT))) {
      if (!now.best().keeps(step)) {
        discard(step);
      }
    }
  }

  private boolean withinEpoch(long step) {
    try {
      return CheckpointIndex.read(folder(step)).progress().withinEpoch();
    } catch (MtlException e) {
      return false; // Damaged: it goes when it is old, as any other.
    }
  }

  /** The number of the latest step saved, 0 if there is none. */
  public long latestStep() {
    return steps().stream().reduce(0L, Math::max);
  }

  /**
   * The latest checkpoint, if there is one.
   *
   * @throws MtlException CHECKPOINT_INVALID if it is damaged
   */
  public Optional<Checkpoint> latest() {
    long step = latestStep();
    return step == 0 ? Optional.empty() : Optional.of(open(step));
  }

  /**
   * Finds where to go on: at the latest checkpoint that is whole, of this run, and whose best one
   * is whole too. Later ones are put aside, and what a killed process left is cleared away.
   *
   * @throws MtlException CHECKPOINT_INVALID with what is wrong with each if there are some and none
   *     will do, IO if the folder cannot be written
   */
  public Resumption resume() {
    try {
      settle();
    } catch (IOException e) {
      throw failure(e);
    }
    List<Long> steps = steps();
    List<Problem> refused = new ArrayList<>();
    for (int i = steps.size() - 1; i >= 0; i--) {
      try {
        Checkpoint checkpoint = open(steps.get(i));
        if (checkpoint.progress().best().step() > 0) {
          open(checkpoint.progress().best().step());
        }
        putAside(steps.subList(i + 1, steps.size()));
        tidy(checkpoint.progress());
        return new Resumption(Optional.of(checkpoint), refused);
      } catch (MtlException e) {
        if (e.code() != ErrorCode.CHECKPOINT_INVALID) {
          throw e;
        }
        refused.addAll(e.problems());
      }
    }
    if (!refused.isEmpty()) {
      throw new MtlException(refused.stream().distinct().toList());
    }
    tidy(Progress.start());
    return new Resumption(Optional.empty(), List.of());
  }

  private void putAside(List<Long> steps) {
    try {
      for (long step : steps) {
        Path aside = folder.resolve(REFUSED + PREFIX + step);
        Folders.delete(aside);
        Unfinished.rename(folder(step), aside);
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** What the process that was killed had no time for. */
  private void tidy(Progress progress) {
    try {
      Unfinished.clear(folder);
      prune(progress);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * The checkpoint of a step.
   *
   * @throws MtlException CHECKPOINT_INVALID if it is damaged, of another origin, or not there
   */
  public Checkpoint open(long step) {
    Path path = folder(step);
    Checkpoint checkpoint = Checkpoint.open(path);
    if (checkpoint.progress().step() != step) {
      throw Checkpoint.invalid(
          path,
          "expected the state of step %d, found that of step %d"
              .formatted(step, checkpoint.progress().step()),
          null);
    }
    if (!origin.isEmpty() && !origin.equals(checkpoint.origin())) {
      throw new MtlException(
          new Problem(
              ErrorCode.CHECKPOINT_INVALID,
              path.toString(),
              "The checkpoint belongs to another experiment or other data: expected the origin %s, found %s."
                  .formatted(origin, checkpoint.origin()),
              "Give the data that the run began with, or start a new run with --output."));
    }
    return checkpoint;
  }

  /** Where the checkpoint of a step is, or would be. */
  Path folder(long step) {
    return folder.resolve(PREFIX + step);
  }

  /** The steps of all that are there, rising. */
  public List<Long> steps() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try {
      return Folders.list(folder).stream()
          .map(path -> path.getFileName().toString())
          .filter(name -> name.matches(PREFIX + "\\d{1,18}"))
          .map(name -> Long.parseLong(name.substring(PREFIX.length())))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private MtlException failure(IOException e) {
    return new MtlException(
        new Problem(
            ErrorCode.IO,
            folder.toString(),
            "The folder of the checkpoints cannot be read or written: " + e + ".",
            "Check that there is room and that you may write to it."),
        e);
  }
}
