package org.mtl4j.eval.metric;

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
   * @param scores [n], none NaN
   */
  static KeyedRows byFallingScore(double[] scores) {
    long[] keys = new long[scores.length];
    int[] rows = new int[scores.length];
    for (int row = 0; row < scores.length; row++) {
      keys[row] = fallingKey(scores[row]);
      rows[row] = row;
    }
    return RadixSort.sort(new KeyedRows(keys, rows));
  }

  /** These rows by group, the rows of a group in the order they have here. */
  KeyedRows byGroup(int[] groups) {
    long[] groupKeys = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      groupKeys[i] = Integer.toUnsignedLong(groups[rows[i]]);
    }
    return RadixSort.sort(new KeyedRows(groupKeys, rows.clone()));
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
  private static long fallingKey(double score) {
    long bits = Double.doubleToRawLongBits(score + 0.0); // -0.0 + 0.0 is 0.0: the two are tied
    return ~(bits ^ ((bits >> 63) | Long.MIN_VALUE));
  }
}
