package org.mtl4j.server.warmup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.file.TfRecord;

/** The records of a warm-up file, one by one, with their checksums checked. */
final class WarmUpRecords {
  private static final String AGAIN =
      "Write the file again (mtl export does), copy it again, or remove it: a version is served"
          + " without one, too.";

  private final WarmUpFile file;
  private final InputStream bytes;
  private int record;

  WarmUpRecords(WarmUpFile file, InputStream bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /**
   * The bytes of the next record; null at the end.
   *
   * @throws MtlException EXPORT_INVALID if it is damaged or too large
   */
  byte[] next() throws IOException {
    record++;
    byte[] header = bytes.readNBytes(TfRecord.HEADER_BYTES);
    if (header.length == 0) {
      return null;
    }
    if (header.length < TfRecord.HEADER_BYTES) {
      throw cutOff();
    }
    if (!TfRecord.isHeader(header)) {
      throw file.invalid(
          record, "the checksum of the record's length is not the one behind it", AGAIN);
    }
    long length = TfRecord.length(header);
    if (length < 0 || length > WarmUpFile.MAX_RECORD_BYTES) {
      throw file.invalid(
          record,
          "expected a record of at most %,d bytes, found %s"
              .formatted(WarmUpFile.MAX_RECORD_BYTES, Long.toUnsignedString(length)),
          "Write requests of fewer rows.");
    }
    // Reads what is there: a length that lies costs no memory.
    byte[] data = bytes.readNBytes((int) length);
    byte[] checksum = bytes.readNBytes(Integer.BYTES);
    if (checksum.length < Integer.BYTES) {
      throw cutOff();
    }
    int expected = TfRecord.checksum(data, data.length);
    if (ByteBuffer.wrap(checksum).order(ByteOrder.LITTLE_ENDIAN).getInt() != expected) {
      throw file.invalid(
          record, "the checksum of the record's bytes is not the one behind them", AGAIN);
    }
    return data;
  }

  private MtlException cutOff() {
    return file.invalid(record, "the file ends within the record", AGAIN);
  }
}
