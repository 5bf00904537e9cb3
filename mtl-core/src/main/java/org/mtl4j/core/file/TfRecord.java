package org.mtl4j.core.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * How a TFRecord file frames a record: its length (8 bytes, the least one first), the masked
 * CRC-32C of those 8 bytes, its bytes, and their masked CRC-32C. Files begin and end with records.
 */
public final class TfRecord {
  /** Length and checksum before a record. */
  public static final int HEADER_BYTES = Long.BYTES + Integer.BYTES;

  private static final int MASK_DELTA = 0xa282ead8;

  private TfRecord() {}

  /** CRC-32C of the first bytes, rotated and shifted, as the file stores it. */
  public static int checksum(byte[] data, int length) {
    CRC32C crc = new CRC32C();
    crc.update(data, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
  }

  /** Whether the checksum in a header is that of its length. */
  public static boolean isHeader(byte[] header) {
    return little(header).getInt(Long.BYTES) == checksum(header, Long.BYTES);
  }

  /** The length that a header says. */
  public static long length(byte[] header) {
    return little(header).getLong();
  }

  /** The record in its frame. */
  public static byte[] framed(byte[] record) {
    ByteBuffer bytes =
        ByteBuffer.allocate(HEADER_BYTES + record.length + Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(record.length);
    bytes.putInt(checksum(bytes.array(), Long.BYTES)).put(record);
    return bytes.putInt(checksum(record, record.length)).array();
  }

  /** Writes a record in its frame. */
  public static void write(byte[] record, OutputStream to) throws IOException {
    to.write(framed(record));
  }

  private static ByteBuffer little(byte[] data) {
    return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
  }
}
