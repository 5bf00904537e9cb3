package org.mtl4j.experiment.online;

import com.google.common.hash.Hashing;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that may grow while it is looked at.
 *
 * @param file the file
 * @param format of its records
 */
record FileScan(Path file, FollowedFormat format) {
  private static final int MARK = 4096;
  private static final int BUFFER = 1 << 16;

  /**
   * Whole records from a place on.
   *
   * @param from the first byte
   * @param to behind the last byte of the last whole record
   * @param count how many there are
   */
  record Records(long from, long to, long count) {}

  private FileChannel open() throws IOException {
    return FileChannel.open(file, StandardOpenOption.READ);
  }

  long size() throws IOException {
    try (FileChannel channel = open()) {
      return channel.size();
    }
  }

  /** Behind the names of columns; 0 without such, or while their line is not whole. */
  long headerEnd() throws IOException {
    return format.header() ? records(0, 1).to() : 0;
  }

  /** Looks for whole records. */
  Records records(long from) throws IOException {
    return records(from, Long.MAX_VALUE);
  }

  /**
   * The same of so many records at most.
   *
   * @param from where a record begins
   */
  Records records(long from, long most) throws IOException {
    RecordScanner scanner = format.scanner();
    long at = from;
    long end = from;
    long count = 0;
    try (FileChannel channel = open();
        InputStream in =
            new BufferedInputStream(Channels.newInputStream(channel.position(from)), BUFFER)) {
      for (int next = in.read(); next >= 0 && count < most; next = in.read()) {
        at++;
        if (scanner.ends((byte) next)) {
          end = at;
          count++;
        }
      }
    }
    return new Records(from, end, count);
  }

  /** Copies bytes. */
  void copy(long from, long to, OutputStream out) throws IOException {
    try (FileChannel channel = open()) {
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
      for (long at = from; at < to; ) {
        buffer.clear().limit((int) Math.min(BUFFER, to - at));
        int read = channel.read(buffer, at);
        if (read < 0) {
          throw new IOException("it is shorter than it was a moment ago");
        }
        out.write(buffer.array(), 0, read);
        at += read;
      }
    }
  }

  /** By what the first bytes, up to a position, are known again. */
  FilePosition.Marks marks(long position) throws IOException {
    long length = Math.min(MARK, position);
    return new FilePosition.Marks(hash(0, length), hash(position - length, length));
  }

  private String hash(long from, long length) throws IOException {
    byte[] bytes = new byte[(int) length];
    try (FileChannel channel = open()) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, from + buffer.position()) < 0) {
          throw new IOException("it is shorter than it was a moment ago");
        }
      }
    }
    return Hashing.sha256().hashBytes(bytes).toString();
  }

  /** Whether it begins with what was taken of a file. */
  boolean continues(FilePosition known) throws IOException {
    return size() >= known.position() && marks(known.position()).equals(known.marks());
  }
}
