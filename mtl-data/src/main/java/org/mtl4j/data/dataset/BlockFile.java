package org.mtl4j.data.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.mtl4j.core.batch.CodedColumn;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.Utf8Column;

/**
 * Blocks of raw rows one behind the other in a file that goes when it is closed: their records, and
 * column by column numbers, codes or texts.
 */
final class BlockFile implements AutoCloseable {
  private static final byte NUMBERS = 0;
  private static final byte CODES = 1;
  private static final byte TEXTS = 2;
  private static final int FIRST_BYTES = 1 << 20;

  private final FileChannel channel;
  private ByteBuffer buffer = buffer(FIRST_BYTES);

  /** A new file. */
  BlockFile(Path path) throws IOException {
    channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  /** How long it is. */
  long bytes() throws IOException {
    return channel.position();
  }

  /** Adds a block behind the others. */
  void write(RawBatch block) throws IOException {
    int rows = block.rowCount();
    buffer.clear();
    room(Integer.BYTES * 2 + Long.BYTES * rows);
    buffer.putInt(0).putInt(rows); // The length comes at the end.
    for (int row = 0; row < rows; row++) {
      buffer.putLong(block.record(row));
    }
    for (int c = 0; c < block.columns().size(); c++) {
      write(block.values(c), rows);
    }
    buffer.putInt(0, buffer.position()).flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private void write(Object values, int rows) {
    if (values instanceof double[] numbers) {
      room(1 + Double.BYTES * rows).put(NUMBERS);
      buffer.asDoubleBuffer().put(numbers, 0, rows);
      buffer.position(buffer.position() + Double.BYTES * rows);
    } else if (values instanceof CodedColumn coded) {
      room(1 + Integer.BYTES * rows).put(CODES);
      ints(coded.codes(), rows);
    } else if (values instanceof Utf8Column utf8) {
      room(1 + Integer.BYTES * rows).put(TEXTS);
      ints(utf8.lengths(), rows);
      for (int row = 0; row < rows; row++) {
        int length = Math.max(0, utf8.lengths()[row]);
        room(length).put(utf8.bytes(), utf8.starts()[row], length);
      }
    } else {
      write((String[]) values, rows);
    }
  }

  private void write(String[] texts, int rows) {
    int[] lengths = new int[rows];
    List<byte[]> bytes = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      byte[] text = texts[row] == null ? new byte[0] : texts[row].getBytes(UTF_8);
      lengths[row] = texts[row] == null ? Utf8Column.MISSING : text.length;
      bytes.add(text);
    }
    room(1 + Integer.BYTES * rows).put(TEXTS);
    ints(lengths, rows);
    bytes.forEach(text -> room(text.length).put(text));
  }

  private void ints(int[] values, int rows) {
    buffer.asIntBuffer().put(values, 0, rows);
    buffer.position(buffer.position() + Integer.BYTES * rows);
  }

  /** The buffer, with room for so many bytes more. */
  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      int needed = Math.addExact(buffer.position(), bytes);
      buffer = buffer((int) Math.min(Integer.MAX_VALUE, 2L * needed)).put(buffer.flip());
    }
    return buffer;
  }

  /** What was read of a block. */
  record Block(long[] records, List<Object> values) {}

  /**
   * The block that begins at a place of the file.
   *
   * @param coders one a column
   */
  Block read(long at, List<ColumnCoder> coders) throws IOException {
    buffer.clear().limit(Integer.BYTES * 2);
    fill(at);
    int bytes = buffer.getInt(0);
    long[] records = new long[buffer.getInt(Integer.BYTES)];
    buffer.clear();
    room(bytes).clear().limit(bytes);
    fill(at);
    buffer.position(Integer.BYTES * 2);
    buffer.asLongBuffer().get(records);
    buffer.position(buffer.position() + Long.BYTES * records.length);
    List<Object> values = new ArrayList<>();
    for (ColumnCoder coder : coders) {
      values.add(column(coder, records.length));
    }
    return new Block(records, values);
  }

  private void fill(long at) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new EOFException("the blocks end at byte " + (at + buffer.position()));
      }
    }
    buffer.flip();
  }

  private Object column(ColumnCoder coder, int rows) {
    byte kind = buffer.get();
    if (kind == NUMBERS) {
      double[] numbers = new double[rows];
      buffer.asDoubleBuffer().get(numbers);
      buffer.position(buffer.position() + Double.BYTES * rows);
      return numbers;
    }
    int[] ints = new int[rows];
    buffer.asIntBuffer().get(ints);
    buffer.position(buffer.position() + Integer.BYTES * rows);
    return kind == CODES ? coder.column(ints) : texts(ints);
  }

  private Utf8Column texts(int[] lengths) {
    int[] starts = new int[lengths.length];
    int end = 0;
    for (int row = 0; row < lengths.length; row++) {
      starts[row] = end;
      end += Math.max(0, lengths[row]);
    }
    byte[] bytes = new byte[end];
    buffer.get(bytes);
    return new Utf8Column(bytes, starts, lengths);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
