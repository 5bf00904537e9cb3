package org.mtl4j.data.cache;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.mtl4j.data.codec.ValueInput;
import org.mtl4j.data.codec.ValueOutput;

/** A file of values that ends with the CRC-32C of all before it, in 8 bytes. */
public final class CheckedFile {
  private static final int BUFFER_BYTES = 1 << 16;

  private CheckedFile() {}

  /** Writes values. */
  public interface Writer {
    /** Writes all of them. */
    void write(ValueOutput out) throws IOException;
  }

  /**
   * Reads values.
   *
   * @param <T> what they become
   */
  public interface Reader<T> {
    /** Reads all of them. */
    T read(ValueInput in) throws IOException;
  }

  /** Writes values. */
  public static void write(Path file, Writer writer) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES))) {
      CheckedOutputStream checked = new CheckedOutputStream(out, new CRC32C());
      writer.write(new ValueOutput(checked));
      out.writeLong(checked.getChecksum().getValue());
    }
  }

  /**
   * Reads the values, once the CRC is found right.
   *
   * @throws DamagedEntryException if it is not
   */
  public static <T> T read(Path file, Reader<T> reader) throws IOException {
    check(file);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
      return reader.read(new ValueInput(in));
    }
  }

  private static void check(Path file) throws IOException {
    CRC32C crc = new CRC32C();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      long left = Files.size(file) - Long.BYTES;
      while (left > 0) {
        int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (count < 0) {
          throw new DamagedEntryException(file.getFileName() + " is being cut off");
        }
        crc.update(buffer, 0, count);
        left -= count;
      }
      byte[] end = in.readNBytes(Long.BYTES);
      if (end.length < Long.BYTES || ByteBuffer.wrap(end).getLong() != crc.getValue()) {
        throw new DamagedEntryException(file.getFileName() + " has other bytes than were written");
      }
    } catch (NoSuchFileException e) {
      throw new DamagedEntryException(file.getFileName() + " is not there");
    }
  }
}
