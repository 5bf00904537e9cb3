package org.mtl4j.experiment.online;

import com.google.common.hash.Hashing;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.mtl4j.data.source.Packing;
import org.mtl4j.experiment.run.RunFiles;

/**
 * A file that may grow while it is looked at. Of a packed one all is said of what was packed, so
 * that a file is known again after it was packed; one that is not whole yet has no records.
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

  private Optional<Packing> packing() {
    return Packing.of(file);
  }

  /** The name without what packing added to it. */
  String name() {
    String name = file.getFileName().toString();
    return packing().map(p -> name.substring(0, name.length() - p.ending().length())).orElse(name);
  }

  /** From a place on, unpacked. */
  private InputStream open(long from) throws IOException {
    if (packing().isEmpty()) {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      return new BufferedInputStream(Channels.newInputStream(channel.position(from)), BUFFER);
    }
    InputStream packed = Files.newInputStream(file);
    try {
      InputStream in = new BufferedInputStream(packing().get().unpack(packed), BUFFER);
      in.skipNBytes(from);
      return in;
    } catch (IOException e) {
      packed.close();
      throw e;
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
    try (InputStream in = open(from)) {
      for (int next = in.read(); next >= 0 && count < most; next = in.read()) {
        at++;
        if (scanner.ends((byte) next)) {
          end = at;
          count++;
        }
      }
    } catch (IOException e) {
      if (isOnItsWay(e)) {
        return new Records(from, from, 0);
      }
      throw e;
    }
    return new Records(from, end, count);
  }

  /** Whether somebody is still packing. */
  private boolean isOnItsWay(IOException e) {
    return packing().isPresent() && Packing.isCutOff(e);
  }

  /**
   * Copies bytes.
   *
   * @throws org.mtl4j.core.error.MtlException IO if the file cannot be read
   * @throws IOException if they cannot be written
   */
  void copy(long from, long to, OutputStream out) throws IOException {
    try (InputStream in = open(from)) {
      byte[] buffer = new byte[BUFFER];
      for (long left = to - from; left > 0; ) {
        int read = read(in, buffer, (int) Math.min(BUFFER, left));
        out.write(buffer, 0, read);
        left -= read;
      }
    }
  }

  private int read(InputStream in, byte[] buffer, int most) {
    try {
      int read = in.read(buffer, 0, most);
      if (read < 0) {
        throw shorter();
      }
      return read;
    } catch (IOException e) {
      throw RunFiles.failure(file, e);
    }
  }

  private static IOException shorter() {
    return new EOFException("it is shorter than it was a moment ago");
  }

  /** By what the first bytes, up to a position, are known again. */
  FilePosition.Marks marks(long position) throws IOException {
    long length = Math.min(MARK, position);
    return new FilePosition.Marks(hash(0, length), hash(position - length, length));
  }

  private String hash(long from, long length) throws IOException {
    try (InputStream in = open(from)) {
      byte[] bytes = in.readNBytes((int) length);
      if (bytes.length < length) {
        throw shorter();
      }
      return Hashing.sha256().hashBytes(bytes).toString();
    }
  }

  /** Whether it begins with what was taken of a file. */
  boolean continues(FilePosition known) throws IOException {
    try {
      return marks(known.position()).equals(known.marks());
    } catch (EOFException e) {
      return false; // It is shorter, or is being packed.
    } catch (IOException e) {
      if (isOnItsWay(e)) {
        return false;
      }
      throw e;
    }
  }
}
