package org.mtl4j.data.cache;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.mtl4j.core.batch.PackedRows;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.Folders;

/**
 * A folder for the encoded rows of one run, so that they need no heap. Who opens it closes it, and
 * then it is gone; what a run that was killed left there goes when the next one opens it.
 *
 * <p>A file loses its name as soon as it is complete and mapped, where the system allows it (Linux,
 * macOS): its pages stay until nothing refers to the rows any more or the process ends, however it
 * ends. Java 17 has no supported way to unmap by hand; the garbage collector does it.
 */
public final class RowCache implements RowStore<PackedRows>, AutoCloseable {
  static final String SUFFIX = ".rows";

  private final Path folder;
  private final Consumer<String> warnings;

  private RowCache(Path folder, Consumer<String> warnings) {
    this.folder = folder;
    this.warnings = warnings;
  }

  /**
   * A cache in a folder of its own, which is made when the first file is. Files of other kinds that
   * stand there are left alone. The folder's disk has to hold all rows at 4 bytes a value.
   *
   * @param warnings told what could not be deleted at the end, in a sentence
   * @throws MtlException of code IO if what an earlier run left there cannot be deleted
   */
  public static RowCache in(Path folder, Consumer<String> warnings) {
    try {
      delete(folder);
    } catch (IOException e) {
      throw failure(folder, e);
    }
    return new RowCache(folder, warnings);
  }

  /**
   * Starts a file.
   *
   * @param name of the rows, not used before
   * @throws MtlException of code IO if it cannot be made
   */
  @Override
  public RowFile file(String name) {
    Path file = folder.resolve(name + SUFFIX);
    try {
      Folders.make(folder);
      return RowFile.create(file, RowCache::failure);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /** A file that is not there yet, and that goes with the folder. */
  public Path temporary(String name) {
    return folder.resolve(name + SUFFIX);
  }

  @Override
  public PackedRows finish(RowFile file) {
    return file.rows();
  }

  /**
   * Deletes the files, and the folder if it is empty then. Rows that were made stay readable. A
   * system that keeps mapped files, as Windows does, costs a warning and not the run: the next
   * cache there deletes them.
   */
  @Override
  public void close() {
    try {
      delete(folder);
    } catch (IOException e) {
      warnings.accept(
          "the encoded rows in %s cannot be deleted (%s): the next run there does it, or you may"
              .formatted(folder, e));
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (DirectoryNotEmptyException e) {
      return; // Whatever it is, it is not ours.
    }
  }

  static MtlException failure(Path file, IOException e) {
    return new MtlException(
        new Problem(
            ErrorCode.IO,
            file.toString(),
            "The encoded rows cannot be kept there: " + e + ".",
            "A row needs 4 bytes for each feature (8 for a number with an indicator), 8 for each"
                + " output and 4 for its group: check that the disk has room and that you may write"
                + " there, or write the run elsewhere with --output."),
        e);
  }
}
