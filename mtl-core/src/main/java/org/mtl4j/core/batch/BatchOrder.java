package org.mtl4j.core.batch;

import java.util.Arrays;

/**
 * The rows of an epoch in the order in which they are taken, and where its batches end.
 *
 * @param rows numbers of rows
 * @param ends per batch the position behind its last row, each beyond the one before
 */
public record BatchOrder(int[] rows, int[] ends) {
  /**
   * Batches of one size, the last of what is left.
   *
   * @param rows numbers of rows, in their order
   * @param size rows a batch
   */
  public static BatchOrder even(int[] rows, int size) {
    int[] ends = new int[BatchFeeder.batches(rows.length, size)];
    for (int batch = 0; batch < ends.length; batch++) {
      // A long: the end of the last batch may lie beyond an int.
      ends[batch] = (int) Math.min((batch + 1L) * size, rows.length);
    }
    return new BatchOrder(rows, ends);
  }

  /** How many batches there are. */
  public int batches() {
    return ends.length;
  }

  /** The rows of a batch, by its number from 0. */
  public int[] batch(int number) {
    return Arrays.copyOfRange(rows, start(number), ends[number]);
  }

  /** The position of a batch's first row. */
  int start(int batch) {
    return batch == 0 ? 0 : ends[batch - 1];
  }
}
