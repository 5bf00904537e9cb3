package org.mtl4j.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/**
 * One open TFRecord file, read record by record. A record is its length (8 bytes, the least one
 * first), the masked CRC-32C of those 8 bytes, its bytes, and their masked CRC-32C. Where a length
 * is wrong nothing says where the next record begins, so that nothing behind it can be read.
 */
final class TfRecordFile implements AutoCloseable {
  /** A record of more bytes is refused: 64 MiB. */
  static final int MAX_BYTES = 1 << 26;

  private static final int MASK_DELTA = 0xa282ead8;
  private static final int HEADER_BYTES = Long.BYTES + Integer.BYTES;
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
      byte[] start = stream.readNBytes(HEADER_BYTES);
      return start.length == HEADER_BYTES && !isHeader(start)
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
    byte[] header = read(HEADER_BYTES);
    if (header.length == 0) {
      return null;
    }
    if (header.length < HEADER_BYTES) {
      throw cutOff(HEADER_BYTES, "length and its checksum", header.length);
    }
    if (!isHeader(header)) {
      throw wrongLength(header);
    }
    long length = little(header).getLong();
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
    int expected = masked(data, data.length);
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

  private static boolean isHeader(byte[] header) {
    return little(header).getInt(Long.BYTES) == masked(header, Long.BYTES);
  }

  /** CRC-32C of the first bytes, rotated and shifted, as TFRecord stores it. */
  private static int masked(byte[] data, int length) {
    CRC32C crc = new CRC32C();
    crc.update(data, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
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
            .formatted(masked(header, Long.BYTES), little(header).getInt(Long.BYTES));
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
