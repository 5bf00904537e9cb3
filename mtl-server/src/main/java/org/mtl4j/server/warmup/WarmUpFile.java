package org.mtl4j.server.warmup;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.manifest.ExportFiles;

/**
 * The warm-up file of a version: requests, as {@code PredictionLog} messages in a TFRecord file,
 * that it is to answer before it serves. A version need not have one. Records are read one by one,
 * so that memory holds one of them however many there are.
 *
 * @param version the version's folder
 */
public record WarmUpFile(Path version) {
  /** So many records at most, as in TensorFlow Serving. */
  public static final int MAX_RECORDS = 1_000;

  /** A record of more bytes is refused: 64 MiB. */
  public static final int MAX_RECORD_BYTES = 1 << 26;

  /** The file, whether it is there or not. */
  public Path path() {
    return version.resolve(ExportFiles.WARM_UP);
  }

  /**
   * Gives the requests in their order; a record of several tasks has a request for each.
   *
   * @param requests what it throws comes through, and ends the reading
   * @return how many records there were; 0 where there is no file
   * @throws MtlException EXPORT_INVALID, with the record's number, for a checksum that is not that
   *     of the bytes, a record that is cut off, too large or the 1,001st, and one that is no
   *     predict request; IO if the file cannot be read
   */
  public int forEach(Consumer<WarmUpRequest> requests) {
    if (Files.notExists(path())) {
      return 0;
    }
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(path()))) {
      WarmUpRecords records = new WarmUpRecords(this, bytes);
      int read = 0;
      for (byte[] data = records.next(); data != null; data = records.next()) {
        read++;
        if (read > MAX_RECORDS) {
          throw invalid(
              read,
              "expected at most %,d records, found more".formatted(MAX_RECORDS),
              "Keep the requests that differ in signature or size; few of each are enough.");
        }
        PredictionLogs.requests(this, read, data).forEach(requests);
      }
      return read;
    } catch (IOException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.IO,
              path().toString(),
              "The warm-up file cannot be read: " + e + ".",
              "Check that the file may be read, and the disk."),
          e);
    }
  }

  /** That a record is none to warm up with; with it the version is not loaded. */
  MtlException invalid(int record, String what, String remedy) {
    return new MtlException(
        new Problem(
            ErrorCode.EXPORT_INVALID,
            path() + ", record " + record,
            "The warm-up file cannot be used: " + what + ".",
            remedy));
  }
}
