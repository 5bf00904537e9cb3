package org.mtl4j.core.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/**
 * The checkpoints of a run: folders {@code step-N}, of which the latest two and the one to keep
 * stay. A checkpoint is written under another name and renamed when it is whole, so that a folder
 * named {@code step-N} is a whole checkpoint whenever the process dies.
 */
public final class CheckpointStore {
  private static final String PREFIX = "step-";
  private static final String UNFINISHED = ".unfinished-";
  private static final int LATEST_KEPT = 2;

  private final Path folder;

  /** The store in a folder, which is made when something is saved. */
  public CheckpointStore(Path folder) {
    this.folder = folder;
  }

  /**
   * Saves a state as that of {@code progress.step()}, and drops those no longer wanted.
   *
   * @throws MtlException IO if it cannot be written, or what the state throws when it is read; what
   *     was there before stays
   */
  public void save(TrainedState state, Progress progress) {
    Path target = folder(progress.step());
    Path unfinished = folder.resolve(UNFINISHED + progress.step());
    try {
      Files.createDirectories(folder);
      Folders.delete(unfinished);
      Files.createDirectory(unfinished);
      write(unfinished, state, progress);
      Folders.delete(target);
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      prune(progress.bestStep());
    } catch (IOException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.IO,
              target.toString(),
              "The checkpoint could not be written: " + e + ".",
              "Make room or choose another folder with --output; earlier checkpoints are whole."),
          e);
    }
  }

  private static void write(Path unfinished, TrainedState state, Progress progress)
      throws IOException {
    try {
      Checkpoint.write(unfinished, state, progress);
    } catch (IOException | RuntimeException e) {
      Folders.delete(unfinished); // A full disk needs the room.
      throw e;
    }
  }

  private void prune(long bestStep) throws IOException {
    List<Long> steps = steps();
    for (long step : steps.subList(0, Math.max(0, steps.size() - LATEST_KEPT))) {
      if (step != bestStep) {
        Folders.delete(folder(step));
      }
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
   * The checkpoint of a step.
   *
   * @throws MtlException CHECKPOINT_INVALID if it is damaged or not there
   */
  public Checkpoint open(long step) {
    return Checkpoint.open(folder(step));
  }

  /** Where the checkpoint of a step is, or would be. */
  Path folder(long step) {
    return folder.resolve(PREFIX + step);
  }

  private List<Long> steps() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(path -> path.getFileName().toString())
          .filter(name -> name.matches(PREFIX + "\\d{1,18}"))
          .map(name -> Long.parseLong(name.substring(PREFIX.length())))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.IO, folder.toString(), "The folder cannot be listed: " + e + ".", ""),
          e);
    }
  }
}
