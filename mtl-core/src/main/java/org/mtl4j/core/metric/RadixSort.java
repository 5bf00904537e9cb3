package org.mtl4j.core.metric;

/**
 * A stable radix sort, least significant digit first, in O(n) steps and without boxing. Digits have
 * 11 bits, so that the counts of a digit fit in the nearest cache. A digit that all keys share
 * costs nothing: scores that were computed as floats have two such digits.
 */
final class RadixSort {
  private static final int DIGIT_BITS = 11;
  private static final int DIGIT_VALUES = 1 << DIGIT_BITS;
  private static final int DIGITS = (Long.SIZE + DIGIT_BITS - 1) / DIGIT_BITS;

  private RadixSort() {}

  /**
   * The rows in ascending order of their keys taken as unsigned numbers; rows of equal keys keep
   * their order.
   *
   * @param unsorted its arrays are used as work space and hold nothing of use afterwards
   */
  static KeyedRows sort(KeyedRows unsorted) {
    int n = unsorted.size();
    if (n < 2) {
      return unsorted;
    }
    int[][] counts = countDigits(unsorted.keys());
    KeyedRows from = unsorted;
    KeyedRows to = new KeyedRows(new long[n], new int[n]);
    for (int digit = 0; digit < DIGITS; digit++) {
      if (counts[digit][digitOf(from.keys()[0], digit)] < n) {
        scatter(from, to, digit, startsOf(counts[digit]));
        KeyedRows sorted = to;
        to = from;
        from = sorted;
      }
    }
    return from;
  }

  private static int digitOf(long key, int digit) {
    return (int) (key >>> (digit * DIGIT_BITS)) & (DIGIT_VALUES - 1);
  }

  /** How often each value of each digit occurs: [DIGITS][DIGIT_VALUES]. */
  private static int[][] countDigits(long[] keys) {
    int[][] counts = new int[DIGITS][DIGIT_VALUES];
    for (long key : keys) {
      for (int digit = 0; digit < DIGITS; digit++) {
        counts[digit][digitOf(key, digit)]++;
      }
    }
    return counts;
  }

  /** The position of the first key of each digit value. */
  private static int[] startsOf(int[] counts) {
    int[] starts = new int[counts.length];
    for (int value = 1; value < counts.length; value++) {
      starts[value] = starts[value - 1] + counts[value - 1];
    }
    return starts;
  }

  private static void scatter(KeyedRows from, KeyedRows to, int digit, int[] next) {
    long[] fromKeys = from.keys();
    int[] fromRows = from.rows();
    long[] toKeys = to.keys();
    int[] toRows = to.rows();
    for (int i = 0; i < fromKeys.length; i++) {
      int position = next[digitOf(fromKeys[i], digit)]++;
      toKeys[position] = fromKeys[i];
      toRows[position] = fromRows[i];
    }
  }
}
