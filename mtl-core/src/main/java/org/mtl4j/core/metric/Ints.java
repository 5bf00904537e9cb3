package org.mtl4j.core.metric;

/** A column of whole numbers that is read and never written. Safe from any thread. */
public sealed interface Ints permits ArrayInts, FileInts, Positions {
  /** Number of numbers. */
  int size();

  /** The number at an index. */
  int get(int index);

  /**
   * These numbers.
   *
   * @param values not copied: they must not change any more
   */
  static Ints of(int... values) {
    return new ArrayInts(values, values.length);
  }

  /**
   * The first so many of these numbers.
   *
   * @param values not copied: they must not change any more
   */
  static Ints of(int[] values, int size) {
    return new ArrayInts(values, size);
  }

  /** A copy of them all. */
  default int[] toArray() {
    int[] values = new int[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = get(i);
    }
    return values;
  }
}
