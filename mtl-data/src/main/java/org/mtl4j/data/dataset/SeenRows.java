package org.mtl4j.data.dataset;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.data.memory.HeapShare;

/**
 * Remembers rows by their {@link RowHash}, 32 to 64 bytes a row. The table takes a quarter of the
 * heap at most, the one that it outgrows included.
 */
final class SeenRows {
  /** The longest array of a power of two. */
  private static final int MAX_WORDS = 1 << 30;

  private static final double HEAP_SHARE = 0.25;

  private final RowHash hash;
  private final HeapShare heap;
  private long[] table = new long[2 * 1024];
  private int size;

  /**
   * Nothing seen yet.
   *
   * @param columns how many of the columns, from the first, make rows equal
   */
  SeenRows(int columns) {
    this(columns, HeapShare.of(HEAP_SHARE));
  }

  /** Nothing seen yet; the heap's share is for this alone. */
  SeenRows(int columns, HeapShare heap) {
    this.hash = new RowHash(IntStream.range(0, columns).toArray());
    this.heap = heap;
  }

  /**
   * Remembers a row; false if one of equal values has been seen before.
   *
   * @throws org.mtl4j.core.error.MtlException of code MEMORY if there is no room for more rows
   */
  boolean add(RawBatch rows, int row) {
    ByteBuffer bits = ByteBuffer.wrap(hash.of(rows, row));
    // A first word of 0 marks an empty place of the table: the odd ones are never 0.
    boolean added = put(bits.getLong() | 1, bits.getLong());
    if (added && ++size > table.length / 4) {
      grow();
    }
    return added;
  }

  private boolean put(long high, long low) {
    int places = table.length / 2;
    int place = (int) (low & (places - 1));
    while (table[2 * place] != 0) {
      if (table[2 * place] == high && table[2 * place + 1] == low) {
        return false;
      }
      place = (place + 1) & (places - 1);
    }
    table[2 * place] = high;
    table[2 * place + 1] = low;
    return true;
  }

  private void grow() {
    long[] old = table;
    long bytes = (long) Long.BYTES * 2 * old.length;
    if (old.length >= MAX_WORDS || !heap.take(bytes)) {
      throw heap.refusal(
          "data.drop_duplicates",
          String.format(Locale.ROOT, "remembering %,d different rows, 16 bytes each, takes", size),
          "Drop duplicates once, where the file is made, and leave drop_duplicates out.");
    }
    table = new long[old.length * 2];
    for (int i = 0; i < old.length; i += 2) {
      if (old[i] != 0) {
        put(old[i], old[i + 1]);
      }
    }
    heap.give(bytes / 2); // The old one is garbage now.
  }
}
