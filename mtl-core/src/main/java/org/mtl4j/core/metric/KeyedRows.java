package org.mtl4j.core.metric;

import java.util.function.IntToLongFunction;

/**
 * Rows in ascending order of a key. A key is an unsigned 64-bit number; rows of equal keys are
 * tied.
 *
 * @param keys [n] in ascending order
 * @param rows [n] the row that each key belongs to
 */
record KeyedRows(long[] keys, int[] rows) {
  /**
   * Rows by falling score; rows of equal scores are tied and keep their order.
   *
   * @param scores n of them, none NaN
   */
  static KeyedRows byFallingScore(Numbers scores) {
    return of(scores.size(), row -> fallingKey(scores.get(row)));
  }

  /** The rows 0 to n - 1 by their keys; rows of equal keys keep their order. */
  static KeyedRows of(int n, IntToLongFunction keyOfRow) {
    long[] keys = new long[n];
    int[] rows = new int[n];
    for (int row = 0; row < n; row++) {
      keys[row] = keyOfRow.applyAsLong(row);
      rows[row] = row;
    }
    return RadixSort.sort(new KeyedRows(keys, rows));
  }

  /** Number of rows. */
  int size() {
    return rows.length;
  }

  /** The position after the last row tied with the one at {@code start}. */
  int endOfTie(int start) {
    int end = start + 1;
    while (end < keys.length && keys[end] == keys[start]) {
      end++;
    }
    return end;
  }

  /**
   * An unsigned number that falls as the score rises. The bits of a double order like an integer
   * with a sign of its own: flipping the sign bit of positives and every bit of negatives makes
   * them ascend, and the complement makes them fall.
   */
  static long fallingKey(double score) {
    long bits = Double.doubleToRawLongBits(score + 0.0); // -0.0 + 0.0 is 0.0: the two are tied
    return ~(bits ^ ((bits >> 63) | Long.MIN_VALUE));
  }
}
