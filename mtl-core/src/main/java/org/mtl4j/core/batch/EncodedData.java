package org.mtl4j.core.batch;

import java.util.stream.IntStream;

/**
 * The encoded rows of a split, wherever they live: rows of one {@link RowLayout}, in any order and
 * as often as asked. Reading is safe from any number of threads.
 */
public interface EncodedData {
  /** Number of rows n. */
  int rowCount();

  /** What a row consists of. */
  RowLayout layout();

  /**
   * Copies the rows {@code order[from]} to {@code order[from + size - 1]} as records, one behind
   * the other.
   *
   * @param records takes {@code size * layout().words()} words, from position 0
   */
  void read(int[] order, int from, int size, int[] records);

  /** The rows {@code from} to {@code from + size - 1} as arrays. */
  default EncodedRows block(int from, int size) {
    int[] records = new int[Math.multiplyExact(size, layout().words())];
    read(IntStream.range(from, from + size).toArray(), 0, size, records);
    return layout().unpack(size, records);
  }
}
