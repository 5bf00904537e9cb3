package org.mtl4j.server.warmup;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Warm-up files byte by byte, after the descriptions of TFRecord, of CRC-32C (RFC 3720, bit by bit)
 * and of protobuf's wire format, without the code under test.
 */
final class LogBytes {
  private static final int REVERSED_POLYNOMIAL = 0x82f63b78;

  private LogBytes() {}

  /** A file of records. */
  static byte[] file(byte[]... records) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] record : records) {
      byte[] length = little(Long.BYTES).putLong(record.length).array();
      bytes.writeBytes(length);
      bytes.writeBytes(little(Integer.BYTES).putInt(masked(length)).array());
      bytes.writeBytes(record);
      bytes.writeBytes(little(Integer.BYTES).putInt(masked(record)).array());
    }
    return bytes.toByteArray();
  }

  /** A PredictionLog whose log of that field number holds the request as its first field. */
  static byte[] log(int kind, byte[] request) {
    return field(kind, field(1, request));
  }

  /** A field of bytes, key and length as varints. */
  static byte[] field(int number, byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write((number << 3) | 2);
    int length = content.length;
    while (length > 127) {
      bytes.write((length & 127) | 128);
      length >>>= 7;
    }
    bytes.write(length);
    bytes.writeBytes(content);
    return bytes.toByteArray();
  }

  private static int masked(byte[] data) {
    int crc = -1;
    for (byte b : data) {
      crc ^= b & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : REVERSED_POLYNOMIAL);
      }
    }
    crc = ~crc;
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
