package org.mtl4j.data.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * TFRecord files byte by byte, after the descriptions of their format and of protobuf's, without
 * the classes that the source reads by. A feature is a map's entry {@code {name = 1, feature = 2}}.
 */
final class TfRecordBytes {
  /** CRC-32C's polynomial, the least bit first (RFC 3720). */
  private static final int POLYNOMIAL = 0x82f63b78;

  private TfRecordBytes() {}

  static byte[] int64(String name, long... values) {
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    Arrays.stream(values).forEach(value -> varint(list, value));
    return feature(name, 3, field(1, list.toByteArray()));
  }

  static byte[] floats(String name, float... values) {
    ByteBuffer list = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      list.putFloat(value);
    }
    return feature(name, 2, field(1, list.array()));
  }

  static byte[] texts(String name, String... values) {
    return bytes(name, Arrays.stream(values).map(v -> v.getBytes(UTF_8)).toArray(byte[][]::new));
  }

  static byte[] bytes(String name, byte[]... values) {
    return feature(
        name, 1, join(Arrays.stream(values).map(value -> field(1, value)).toArray(byte[][]::new)));
  }

  /** Of a name, without a kind. */
  static byte[] nothing(String name) {
    return field(1, join(field(1, name.getBytes(UTF_8)), field(2, new byte[0])));
  }

  private static byte[] feature(String name, int kind, byte[] list) {
    return field(1, join(field(1, name.getBytes(UTF_8)), field(2, field(kind, list))));
  }

  /** A tf.Example as a record of a file. */
  static byte[] example(byte[]... features) {
    return record(field(1, join(features)));
  }

  /** A record of a file: length, checksum, bytes, checksum. */
  static byte[] record(byte[] data) {
    return join(header(data.length), data, little(masked(data)));
  }

  /** A length and its checksum. */
  static byte[] header(long length) {
    byte[] bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
    return join(bytes, little(masked(bytes)));
  }

  /** A field that is a message, a text or a packed list. */
  static byte[] field(int number, byte[] value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    varint(bytes, ((long) number << 3) | 2);
    varint(bytes, value.length);
    bytes.writeBytes(value);
    return bytes.toByteArray();
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static void varint(ByteArrayOutputStream to, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      to.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    to.write((int) rest);
  }

  private static int masked(byte[] data) {
    int crc = ~0;
    for (byte b : data) {
      crc ^= b & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
      }
    }
    crc = ~crc;
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }

  private static byte[] little(int word) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(word).array();
  }
}
