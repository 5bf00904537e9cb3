package org.mtl4j.data.dataset;

import java.util.Locale;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.data.memory.HeapShare;

/**
 * Remembers rows by their {@link RowHash}, 32 to 64 bytes a row. The table takes a quarter of the
 * heap at most, the one that it outgrows included.
 */
final class SeenRows {
  private static final double HEAP_SHARE = 0.25;

  private final RowHash hash;
  private final HeapShare heap;
  private final HashTable table;

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
    this.table = new HashTable(heap);
  }

  /**
   * Remembers a row; false if one of equal values has been seen before.
   *
   * @throws org.mtl4j.core.error.MtlException of code MEMORY if there is no room for more rows
   */
  boolean add(RawBatch rows, int row) {
    HashTable.Added added = table.add(hash.of(rows, row));
    if (added == HashTable.Added.FULL) {
      throw heap.refusal(
          "data.drop_duplicates",
          String.format(
              Locale.ROOT, "remembering %,d different rows, 16 bytes each, takes", table.size()),
          "Drop duplicates once, where the file is made, and leave drop_duplicates out.");
    }
    return added == HashTable.Added.NEW;
  }
}
