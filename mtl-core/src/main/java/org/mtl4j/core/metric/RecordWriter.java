package org.mtl4j.core.metric;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/**
 * Writes records of one length behind each other into a new file. It is deleted as soon as it is
 * there (on Windows when it is closed), so that none is left behind however the process ends. They
 * are written and never mapped for writing: a disk that is full is then an exception and no signal.
 */
final class RecordWriter implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 18;

  private final Path folder;
  private final FileChannel channel;
  private final ByteBuffer buffer;
  private final int length;
  private int size;

  /**
   * A writer of no records yet.
   *
   * @param length of a record, in bytes
   * @throws MtlException (IO) if the folder takes no file
   */
  RecordWriter(Path folder, int length) {
    this.folder = folder;
    this.length = length;
    this.buffer =
        ByteBuffer.allocateDirect(Math.max(BUFFER_BYTES, length)).order(ByteOrder.nativeOrder());
    try {
      channel =
          FileChannel.open(
              folder.resolve("mtl4j-rows-" + UUID.randomUUID()),
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The buffer that takes the next record: all of its bytes are to be put behind what is there. */
  ByteBuffer next() {
    if (buffer.remaining() < length) {
      flush();
    }
    size++;
    return buffer;
  }

  /** Number of records begun. */
  int size() {
    return size;
  }

  private void flush() {
    buffer.flip();
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      close();
      throw failure(e);
    }
    buffer.clear();
  }

  /** The records written so far; more may follow, which it has not. */
  RecordFile toFile() {
    flush();
    try {
      return new RecordFile(channel, length, size);
    } catch (IOException e) {
      close();
      throw failure(e);
    }
  }

  /** Doubles that were written, to be written and read in any order: so many a segment. */
  DoubleBuffer[] toDoubles(long segment) {
    flush();
    try {
      DoubleBuffer[] segments = new DoubleBuffer[(int) ((size + segment - 1) / segment)];
      for (int i = 0; i < segments.length; i++) {
        long first = i * segment;
        long bytes = Math.min(segment, size - first) * Double.BYTES;
        segments[i] =
            channel
                .map(FileChannel.MapMode.READ_WRITE, first * Double.BYTES, bytes)
                .order(ByteOrder.nativeOrder())
                .asDoubleBuffer();
      }
      return segments;
    } catch (IOException e) {
      close();
      throw failure(e);
    }
  }

  /** Gives the room on the disk back at once: what was mapped of it must not be read any more. */
  void discard() {
    try {
      channel.truncate(0);
    } catch (IOException e) {
      // It goes with its maps, then.
    }
    close();
  }

  /** What was mapped may still be read. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It has no name any more.
    }
  }

  private MtlException failure(IOException e) {
    return new MtlException(
        new Problem(
            ErrorCode.IO,
            folder.toString(),
            "The rows of an evaluation do not fit into their share of the heap, and cannot be kept in"
                + " a file there: %s.".formatted(e),
            "Make room there, name another folder by JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER, or"
                + " give Java a larger heap: MTL_HEAP=8g for ./mtl, -Xmx8g elsewhere."),
        e);
  }
}
