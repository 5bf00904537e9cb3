package org.mtl4j.experiment.run;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.FolderLock;
import org.mtl4j.core.file.Folders;

/**
 * A folder that one process at a time writes to. It is made if need be, and one that was made is
 * gone again when it is closed with nothing in it; a folder that was there before stays.
 */
public final class OutputFolder implements AutoCloseable {
  private final Path path;
  private final boolean made;
  private final Optional<FolderLock> lock;

  private OutputFolder(Path path, boolean made, Optional<FolderLock> lock) {
    this.path = path;
    this.made = made;
    this.lock = lock;
  }

  /** What a folder is for: what messages call it, and how else to go on. */
  public enum Use {
    /** A run. */
    RUN(
        "run",
        "Choose another folder with --output.",
        "Wait until that has ended or end it, then go on with --resume; or choose another folder with --output."),
    /** What is found out of a run, in the run's folder. */
    DIAGNOSIS(
        "diagnosis",
        "Get the right to write there, or diagnose a copy of the run.",
        "Wait until that has ended or end it, then diagnose the run once more."),
    /** A run's updates, in the run's folder. */
    UPDATE(
        "update",
        "Get the right to write there, or go on with a copy of the run.",
        "Wait until that has ended or end it, then go on with the run by the same command."),
    /** The quickstart's runs. */
    QUICKSTART(
        "quickstart",
        "Choose another folder with --output.",
        "Wait until that has ended or end it, then go on with --resume; or choose another folder with --output."),
    /** The trials of a tuning. */
    TUNING(
        "tuning",
        "Choose another folder with --output.",
        "Wait until that has ended or end it, then go on with --resume; or choose another folder with --output."),
    /** Versions of an export. */
    EXPORT(
        "export",
        "Choose another folder with --to.",
        "Wait until that has ended, then export once more; or choose another folder with --to.");

    private final String word;
    private final String elsewhere;
    private final String later;

    Use(String word, String elsewhere, String later) {
      this.word = word;
      this.elsewhere = elsewhere;
      this.later = later;
    }
  }

  /**
   * Takes a folder.
   *
   * @param warnings takes a sentence if the file system has no locks: the folder is not taken then
   * @throws MtlException OUTPUT_FOLDER if it is a file, cannot be made or written, or is in use
   */
  public static OutputFolder take(Path path, Use use, Consumer<String> warnings) {
    check(path, use);
    boolean made = !Files.exists(path);
    makeWritable(path, use);
    try {
      Optional<FolderLock> lock = FolderLock.take(path);
      if (lock.isEmpty()) {
        throw new MtlException(
            new Problem(
                ErrorCode.OUTPUT_FOLDER,
                path.toString(),
                "The %s's folder is in use: %s writes to it."
                    .formatted(use.word, FolderLock.owner(path)),
                use.later));
      }
      return new OutputFolder(path, made, lock);
    } catch (IOException e) {
      warnings.accept(
          "%s cannot be locked (%s): see to it that no other process writes to it"
              .formatted(path, e));
      return new OutputFolder(path, made, Optional.empty());
    }
  }

  /**
   * Looks at the path before anything else is done with it.
   *
   * @throws MtlException OUTPUT_FOLDER if it, or what it is to be made in, is a file, or if
   *     TensorFlow would look for its variables somewhere else
   */
  public static void check(Path path, Use use) {
    checkNoPattern(path, use.elsewhere);
    for (Path place = path; place != null; place = place.getParent()) {
      if (Files.exists(place)) {
        checkNoFile(place, use.elsewhere);
        return;
      }
    }
  }

  /**
   * TensorFlow matches the path of variables as a pattern, and these would not match themselves.
   */
  private static void checkNoPattern(Path path, String remedy) {
    if (path.getFileSystem().getSeparator().equals("/")
        && path.toAbsolutePath().toString().matches(".*[\\[\\\\].*")) {
      throw new MtlException(
          new Problem(
              ErrorCode.OUTPUT_FOLDER,
              path.toString(),
              "Expected a path without [ and \\, which TensorFlow takes for a pattern, found %s."
                  .formatted(path.toAbsolutePath()),
              remedy));
    }
  }

  /** Refuses a path that is there and no folder. */
  static void checkNoFile(Path path, String remedy) {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new MtlException(
          new Problem(
              ErrorCode.OUTPUT_FOLDER,
              path.toString(),
              "Expected a folder, found a file.",
              remedy));
    }
  }

  private static void makeWritable(Path path, Use use) {
    try {
      Folders.make(path);
      if (!Files.isWritable(path)) {
        throw new IOException("no permission to write there");
      }
    } catch (IOException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.OUTPUT_FOLDER,
              path.toString(),
              "Expected a folder to write the %s to, found none that can be made or written: %s."
                  .formatted(use.word, e),
              use.elsewhere),
          e);
    }
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** Gives it back. */
  @Override
  public void close() {
    try {
      if (lock.isPresent()) {
        lock.get().close();
      }
      if (made) {
        Files.deleteIfExists(path);
      }
    } catch (DirectoryNotEmptyException e) {
      // It holds what it was made for.
    } catch (IOException e) {
      // The system gives the lock back when the process ends.
    }
  }
}
