package org.mtl4j.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.TfRecord;

/**
 * One open TFRecord file, read record by record, framed as {@link TfRecord} says. Where a length is
 * wrong nothing says where the next record begins, so that nothing behind it can be read.
 */
final class TfRecordFile implements AutoCloseable {
  /** A record of more bytes is refused: 64 MiB. */
  static final int MAX_BYTES = 1 << 26;

  private static final String FETCH =
      "Fetch or write the file again; nothing behind this place can be read.";

  private final Path path;
  private final Optional<Packing> packing;
  private final InputStream bytes;
  private long record;
  private int checksum;

  /** Opens a file. */
  TfRecordFile(Path path) {
    this.path = path;
    this.packing = Packing.of(path).or(() -> packingByContent(path));
    try {
      this.bytes = DataFiles.open(path, packing);
    } catch (IOException e) {
      throw DataFiles.failure(path, packing, e);
    }
  }

  /** TFRecord's own compression leaves no trace in a file's name. */
  private static Optional<Packing> packingByContent(Path path) {
    try (InputStream stream = Files.newInputStream(path)) {
      byte[] start = stream.readNBytes(TfRecord.HEADER_BYTES);
      return start.length == TfRecord.HEADER_BYTES && !TfRecord.isHeader(start)
          ? Packing.of(start)
          : Optional.empty();
    } catch (IOException e) {
      throw DataFiles.failure(path, e);
    }
  }

  /**
   * The bytes of the next record, not checked yet, or null at the end of the file.
   *
   * @throws MtlException of code DATA_FORMAT if there is no telling where they end
   */
  byte[] next() {
    record++;
    byte[] header = read(TfRecord.HEADER_BYTES);
    if (header.length == 0) {
      return null;
    }
    if (header.length < TfRecord.HEADER_BYTES) {
      throw cutOff(TfRecord.HEADER_BYTES, "length and its checksum", header.length);
    }
    if (!TfRecord.isHeader(header)) {
      throw wrongLength(header);
    }
    long length = TfRecord.length(header);
    if (length < 0 || length > MAX_BYTES) {
      throw fault(
          String.format(
              Locale.ROOT,
              "Expected a record of at most %,d bytes, found the length %s.",
              MAX_BYTES,
              Long.toUnsignedString(length)),
          "Write smaller records: one tf.Example is one row.");
    }
    byte[] data = read((int) length);
    byte[] footer = read(Integer.BYTES);
    if (footer.length < Integer.BYTES) {
      throw cutOff(length + Integer.BYTES, "bytes and their checksum", data.length + footer.length);
    }
    checksum = little(footer).getInt();
    return data;
  }

  /**
   * Checks the bytes of the last record.
   *
   * @throws MtlException of code DATA_FORMAT if their checksum is another
   */
  void check(byte[] data) {
    int expected = TfRecord.checksum(data, data.length);
    if (checksum != expected) {
      throw fault(
          String.format(
              Locale.ROOT,
              "Expected the checksum %08x behind the record's %,d bytes, found %08x.",
              expected,
              data.length,
              checksum),
          "Fetch or write the file again, or set data.source.on_bad_row: skip to leave such records"
              + " out.");
    }
  }

  /** The file's name, as the source was given it. */
  String name() {
    return path.toString();
  }

  /** The number, from 1, of the last record. */
  long record() {
    return record;
  }

  /** Where the last record stands, for messages. */
  String place() {
    return place(name(), record);
  }

  /** A record of a file, for messages. */
  static String place(String name, long record) {
    return name + ", record " + record;
  }

  private static ByteBuffer little(byte[] data) {
    return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
  }

  private byte[] read(int count) {
    try {
      return bytes.readNBytes(count);
    } catch (IOException e) {
      throw DataFiles.failure(path, packing, e);
    }
  }

  private MtlException wrongLength(byte[] header) {
    String what =
        "Expected the checksum %08x behind the record's length, found %08x."
            .formatted(TfRecord.checksum(header, Long.BYTES), little(header).getInt(Long.BYTES));
    return record == 1
        ? fault(
            what,
            "Check that this is a TFRecord file, not packed or packed by GZIP (ZLIB is not read);"
                + " if it is one, fetch or write it again.")
        : fault(what, FETCH);
  }

  private MtlException cutOff(long expected, String what, int found) {
    return fault(
        String.format(
            Locale.ROOT,
            "Expected %,d bytes of the record's %s, found that the file ends after %,d of them.",
            expected,
            what,
            found),
        FETCH);
  }

  private MtlException fault(String what, String remedy) {
    return new MtlException(new Problem(ErrorCode.DATA_FORMAT, place(), what, remedy));
  }

  @Override
  public void close() {
    try {
      bytes.close();
    } catch (IOException e) {
      throw DataFiles.failure(path, packing, e);
    }
  }
}
