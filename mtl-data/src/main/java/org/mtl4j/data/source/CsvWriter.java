package org.mtl4j.data.source;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.FolderLock;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.file.Unfinished;

/**
 * Writes a CSV file in UTF-8 with a header line (RFC 4180, lines end in a line feed). The file is
 * written aside and takes its name when {@link #commit} is called: nobody ever sees half of it. One
 * process writes it at a time.
 */
public final class CsvWriter implements AutoCloseable {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator("\n").setNullString("").get();

  private final Path target;
  private final Unfinished unfinished;
  private final int width;
  private final OutputStream stream;
  private final Writer writer;
  private final Optional<FolderLock> lock;

  private CsvWriter(Path target, int width, OutputStream stream, Optional<FolderLock> lock) {
    this.target = target;
    this.unfinished = new Unfinished(target);
    this.width = width;
    this.stream = stream;
    this.lock = lock;
    this.writer =
        new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8.newEncoder()));
  }

  /**
   * Starts a file, in a folder that is made if need be.
   *
   * @throws MtlException OUTPUT_FOLDER if the file is there already, for nothing is written over,
   *     or if somebody else is writing it
   */
  public static CsvWriter create(Path target, List<String> header) {
    refuseExisting(target);
    try {
      Folders.make(target.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw failure(target, e);
    }
    Optional<FolderLock> lock = lock(target);
    CsvWriter csv;
    try {
      refuseExisting(target); // Another process may have been quicker, and be done.
      OutputStream stream = Files.newOutputStream(new Unfinished(target).path());
      csv = new CsvWriter(target, header.size(), stream, lock);
    } catch (IOException e) {
      release(lock);
      throw failure(target, e);
    } catch (MtlException e) {
      release(lock);
      throw e;
    }
    try {
      csv.row(header);
      return csv;
    } catch (RuntimeException | Error e) {
      csv.close();
      throw e;
    }
  }

  /** Empty where the file system has no locks: one process alone writes there as well. */
  private static Optional<FolderLock> lock(Path target) {
    try {
      Optional<FolderLock> lock = FolderLock.takeFile(target);
      if (lock.isEmpty()) {
        throw new MtlException(
            new Problem(
                ErrorCode.OUTPUT_FOLDER,
                target.toString(),
                "The output is in use: " + FolderLock.ownerOfFile(target) + " writes it.",
                "Wait until that has ended, or choose another name."));
      }
      return lock;
    } catch (IOException e) {
      return Optional.empty(); // If it cannot be written at all, that is said in a moment.
    }
  }

  private static void release(Optional<FolderLock> lock) {
    try {
      if (lock.isPresent()) {
        lock.get().close();
      }
    } catch (IOException e) {
      // The system gives it back when the process ends.
    }
  }

  /**
   * Refuses a file that is there already, before any work is done for it.
   *
   * @throws MtlException OUTPUT_FOLDER if it is
   */
  public static void refuseExisting(Path target) {
    if (Files.exists(target)) {
      throw new MtlException(
          new Problem(
              ErrorCode.OUTPUT_FOLDER,
              target.toString(),
              "The output is there already, and nothing is ever written over.",
              "Choose another name, or move the file out of the way."));
    }
  }

  /**
   * Writes a row.
   *
   * @param cells one a column; null or empty text is a missing value
   * @throws IllegalArgumentException if there are not as many cells as columns
   */
  public void row(List<String> cells) {
    if (cells.size() != width) {
      throw new IllegalArgumentException("expected " + width + " cells, found " + cells.size());
    }
    try {
      FORMAT.printRecord(writer, cells.toArray());
    } catch (IOException e) {
      throw failure(target, e);
    }
  }

  /** Ends the file and gives it its name. */
  public void commit() {
    try {
      writer.close();
      refuseExisting(target);
      unfinished.finish();
    } catch (IOException e) {
      throw failure(target, e);
    }
  }

  /** Leaves nothing behind of a file that was not committed. */
  @Override
  public void close() {
    try (stream) { // Java's writers leave it open when the rest of their buffer has no room.
      writer.close();
    } catch (IOException e) {
      // On a full disk that rest fails once more; it was said, by row or commit.
    } finally {
      unfinished.drop();
      release(lock);
    }
  }

  private static MtlException failure(Path file, IOException e) {
    return new MtlException(
        new Problem(
            ErrorCode.IO,
            file.toString(),
            "The file cannot be written: " + e + ".",
            "Check that there is room and that you may write to the folder."),
        e);
  }
}
