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
 * column by column numbers, codes or texts. Through a buffer of one size, however large a block is:
 * memory outside of the heap has a limit, too.
 */
final class BlockFile implements AutoCloseable {
  private static final byte NUMBERS = 0;
  private static final byte CODES = 1;
  private static final byte TEXTS = 2;
  private static final int BUFFER_BYTES = 1 << 20;

  private final FileChannel channel;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.nativeOrder()).limit(0);

  /** Where in the file the buffer ends, while there is something to be read in it. */
  private long bufferEnd;

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

  /** How long it is. */
  long bytes() throws IOException {
    return channel.position();
  }

  /**
   * Adds a block behind the others.
   *
   * @throws ArithmeticException if the texts of a column do not go into one array
   */
  void write(RawBatch block) throws IOException {
    int rows = block.rowCount();
    buffer.clear();
    room(Integer.BYTES).putInt(rows);
    for (int row = 0; row < rows; row++) {
      room(Long.BYTES).putLong(block.record(row));
    }
    for (int c = 0; c < block.columns().size(); c++) {
      write(block.values(c), rows);
    }
    flush();
    buffer.limit(0);
  }

  private void write(Object values, int rows) throws IOException {
    if (values instanceof double[] numbers) {
      room(1).put(NUMBERS);
      for (int row = 0; row < rows; row++) {
        room(Double.BYTES).putDouble(numbers[row]);
      }
    } else if (values instanceof CodedColumn coded) {
      room(1).put(CODES);
      for (int row = 0; row < rows; row++) {
        room(Integer.BYTES).putInt(coded.codes()[row]);
      }
    } else if (values instanceof Utf8Column utf8) {
      writeLengths(utf8.lengths(), rows);
      for (int row = 0; row < rows; row++) {
        write(utf8.bytes(), utf8.starts()[row], Math.max(0, utf8.lengths()[row]));
      }
    } else {
      write((String[]) values, rows);
    }
  }

  private void write(String[] texts, int rows) throws IOException {
    int[] lengths = new int[rows];
    List<byte[]> bytes = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      byte[] text = texts[row] == null ? new byte[0] : texts[row].getBytes(UTF_8);
      lengths[row] = texts[row] == null ? Utf8Column.MISSING : text.length;
      bytes.add(text);
    }
    writeLengths(lengths, rows);
    for (byte[] text : bytes) {
      write(text, 0, text.length);
    }
  }

  private void writeLengths(int[] lengths, int rows) throws IOException {
    room(1).put(TEXTS);
    int all = 0;
    for (int row = 0; row < rows; row++) {
      all = Math.addExact(all, Math.max(0, lengths[row]));
      room(Integer.BYTES).putInt(lengths[row]);
    }
  }

  private void write(byte[] bytes, int from, int length) throws IOException {
    int end = from + length;
    for (int at = from; at < end; ) {
      int count = Math.min(end - at, room(1).remaining());
      buffer.put(bytes, at, count);
      at += count;
    }
  }

  /** The buffer, with room for a few bytes. */
  private ByteBuffer room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }

  private void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  /** What was read of a block. */
  record Block(long[] records, List<Object> values) {}

  /**
   * The block that begins at a place of the file.
   *
   * @param coders one a column
   */
  Block read(long at, List<ColumnCoder> coders) throws IOException {
    if (at != bufferEnd - buffer.remaining()) {
      buffer.limit(0);
      bufferEnd = at;
    }
    long[] records = new long[filled(Integer.BYTES).getInt()];
    for (int row = 0; row < records.length; row++) {
      records[row] = filled(Long.BYTES).getLong();
    }
    List<Object> values = new ArrayList<>();
    for (ColumnCoder coder : coders) {
      values.add(column(coder, records.length));
    }
    return new Block(records, values);
  }

  /** The buffer, with a few bytes at least that are to be read. */
  private ByteBuffer filled(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      buffer.compact();
      while (buffer.position() < bytes) {
        int count = channel.read(buffer, bufferEnd);
        if (count < 0) {
          throw new EOFException("the blocks end at byte " + bufferEnd);
        }
        bufferEnd += count;
      }
      buffer.flip();
    }
    return buffer;
  }

  private Object column(ColumnCoder coder, int rows) throws IOException {
    byte kind = filled(1).get();
    if (kind == NUMBERS) {
      double[] numbers = new double[rows];
      for (int row = 0; row < rows; row++) {
        numbers[row] = filled(Double.BYTES).getDouble();
      }
      return numbers;
    }
    int[] ints = new int[rows];
    for (int row = 0; row < rows; row++) {
      ints[row] = filled(Integer.BYTES).getInt();
    }
    return kind == CODES ? coder.column(ints) : texts(ints);
  }

  private Utf8Column texts(int[] lengths) throws IOException {
    int[] starts = new int[lengths.length];
    int end = 0;
    for (int row = 0; row < lengths.length; row++) {
      starts[row] = end;
      end += Math.max(0, lengths[row]);
    }
    byte[] bytes = new byte[end];
    for (int at = 0; at < end; ) {
      int count = Math.min(end - at, filled(1).remaining());
      buffer.get(bytes, at, count);
      at += count;
    }
    return new Utf8Column(bytes, starts, lengths);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
