package org.mtl4j.data.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BiFunction;
import java.util.zip.CRC32C;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.PackedRows;
import org.mtl4j.core.batch.RowLayout;

/**
 * Encoded rows on their way into a file: add block after block, then ask for all of them. They are
 * written, not mapped, on the way in: a full disk is then an error and not the end of the process.
 */
public final class RowFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 20;

  private final Path file;
  private final FileChannel channel;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.nativeOrder());
  private final BiFunction<Path, IOException, RuntimeException> failures;
  private final CRC32C crc = new CRC32C();
  private RowLayout layout;
  private int rowCount;

  private RowFile(
      Path file, FileChannel channel, BiFunction<Path, IOException, RuntimeException> failures) {
    this.file = file;
    this.channel = channel;
    this.failures = failures;
  }

  /** A new file; {@code failures} says what it means that it cannot be written. */
  static RowFile create(Path file, BiFunction<Path, IOException, RuntimeException> failures)
      throws IOException {
    return new RowFile(
        file,
        FileChannel.open(
            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
        failures);
  }

  /**
   * Adds rows behind those that are there.
   *
   * @throws org.mtl4j.core.error.MtlException of code IO if they cannot be written
   * @throws IllegalArgumentException if their layout is not that of the first block
   */
  public void add(EncodedRows rows) {
    layout = layout == null ? rows.layout() : layout;
    int[] records = PackedRows.records(layout, rows);
    int at = 0;
    while (at < records.length) {
      int count = Math.min(records.length - at, buffer.remaining() / Integer.BYTES);
      if (count == 0) {
        flush();
        continue;
      }
      buffer.asIntBuffer().put(records, at, count);
      buffer.position(buffer.position() + count * Integer.BYTES);
      at += count;
    }
    rowCount = Math.addExact(rowCount, rows.rowCount());
  }

  /** Number of rows so far. */
  public int rowCount() {
    return rowCount;
  }

  /**
   * All rows that were added, mapped into memory; none can be added afterwards.
   *
   * @throws org.mtl4j.core.error.MtlException of code IO if they cannot be written or mapped
   * @throws IllegalStateException if there are none
   */
  public PackedRows rows() {
    complete();
    try {
      PackedRows rows = MappedRows.of(channel, layout, rowCount);
      channel.close();
      deleteIfPossible();
      return rows;
    } catch (IOException e) {
      throw failures.apply(file, e);
    }
  }

  /**
   * What has to be known of the file, which keeps its name, to map it later; no rows can be added
   * afterwards.
   */
  StoredRows store() {
    complete();
    close();
    return new StoredRows(layout, rowCount, crc.getValue());
  }

  private void complete() {
    if (rowCount == 0) {
      throw new IllegalStateException("no rows were added to " + file);
    }
    flush();
  }

  /**
   * Takes the name off the mapped file; where the system refuses, closing the cache tries again.
   */
  private void deleteIfPossible() {
    try {
      Files.delete(file);
    } catch (IOException e) {
      return; // It goes with the folder.
    }
  }

  private void flush() {
    buffer.flip();
    crc.update(buffer.duplicate());
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw failures.apply(file, e);
    }
    buffer.clear();
  }

  /** Closes the file; rows that were made of it stay readable. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failures.apply(file, e);
    }
  }
}
