package org.mtl4j.data.cache;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
public final class RowCache implements AutoCloseable {
  private static final String SUFFIX = ".rows";

  private final Path folder;
  private final List<Path> made = new ArrayList<>();

  private RowCache(Path folder) {
    this.folder = folder;
  }

  /**
   * A cache in a folder of its own, which is made when the first file is. Files of other kinds that
   * stand there are left alone. The folder's disk has to hold all rows at 4 bytes a value.
   *
   * @throws MtlException of code IO if what an earlier run left there cannot be deleted
   */
  public static RowCache in(Path folder) {
    delete(folder);
    return new RowCache(folder);
  }

  /**
   * Starts a file.
   *
   * @param name of the rows, not used before
   * @throws MtlException of code IO if it cannot be made
   */
  public RowFile file(String name) {
    Path file = folder.resolve(name + SUFFIX);
    try {
      make();
      return RowFile.create(file);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /** Makes the folder, and remembers which of those around it were not there. */
  private void make() throws IOException {
    Path around = folder.toAbsolutePath().getParent();
    while (around != null && !Files.exists(around)) {
      made.add(around);
      around = around.getParent();
    }
    Folders.make(folder);
  }

  /**
   * Deletes the files, and the folder if it is empty then, and those around it that were made for
   * it and hold nothing else: data that is refused leaves no run behind. Rows that were made stay
   * readable.
   */
  @Override
  public void close() {
    delete(folder);
    for (Path around : made) {
      try {
        Files.deleteIfExists(around);
      } catch (DirectoryNotEmptyException e) {
        return; // The run has begun.
      } catch (IOException e) {
        throw failure(around, e);
      }
    }
  }

  private static void delete(Path folder) {
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
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }

  static MtlException failure(Path file, IOException e) {
    return new MtlException(
        new Problem(
            ErrorCode.IO,
            file.toString(),
            "The encoded rows cannot be kept there: " + e + ".",
            "They need 4 bytes for each feature and 8 for each task of every row: check that the"
                + " disk has room and that you may write there, or write the run elsewhere with"
                + " --output."),
        e);
  }
}
