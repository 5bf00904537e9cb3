package org.mtl4j.data.source.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.mtl4j.core.task.Columns;

/** The SHA-256 of rows in their order, however they are cut into blocks. */
final class RowDigest {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MISSING = -1;

  private final MessageDigest digest;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

  /** Of no rows yet. */
  RowDigest(Columns columns) {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    digest.update(columns.all().toString().getBytes(UTF_8));
  }

  /** Adds the rows of a block. */
  void add(Block rows) {
    Object[] columns = rows.values().toArray();
    for (int row = 0; row < rows.rowCount(); row++) {
      for (Object column : columns) {
        if (column instanceof double[] numbers) {
          room(Long.BYTES).putLong(Double.doubleToLongBits(numbers[row]));
        } else {
          add(((String[]) column)[row]);
        }
      }
    }
  }

  /** The length first, so that no text can pass for the end of another. */
  private void add(String text) {
    room(Integer.BYTES).putInt(text == null ? MISSING : text.length());
    for (int i = 0; text != null && i < text.length(); i++) {
      room(Character.BYTES).putChar(text.charAt(i));
    }
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }

  private void flush() {
    digest.update(buffer.flip());
    buffer.clear();
  }

  /** The hash in hexadecimal; the digest must not be used afterwards. */
  String hex() {
    flush();
    return HexFormat.of().formatHex(digest.digest());
  }
}
