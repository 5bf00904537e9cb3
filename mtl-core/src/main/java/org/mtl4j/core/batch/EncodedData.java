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
   * the other. Nothing of it is kept.
   *
   * @param order numbers of rows, from 0 to below {@link #rowCount}; a row may stand there twice
   * @param from where in {@code order} the first of them stands
   * @param size how many of them, 0 included
   * @param records takes {@code size * layout().words()} words, from position 0
   * @throws IndexOutOfBoundsException if there is no such row, or an array is too short
   */
  void read(int[] order, int from, int size, int[] records);

  /**
   * The rows {@code from} to {@code from + size - 1} as arrays, in their order; the caller's own.
   *
   * @throws IndexOutOfBoundsException if there are not so many
   * @throws ArithmeticException if their words are more than an array holds
   */
  default EncodedRows block(int from, int size) {
    return pick(IntStream.range(from, from + size).toArray());
  }

  /**
   * Some rows as arrays, in the order asked for; the caller's own.
   *
   * @param which numbers of rows; a row may stand there twice
   * @throws IndexOutOfBoundsException if there is no such row
   * @throws ArithmeticException if their words are more than an array holds
   */
  default EncodedRows pick(int[] which) {
    int[] records = new int[Math.multiplyExact(which.length, layout().words())];
    read(which, 0, which.length, records);
    return layout().unpack(which.length, records);
  }
}
