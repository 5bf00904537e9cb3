package org.mtl4j.core.metric;

/**
 * A column of numbers that is read and never written, kept as it came: floats are not widened, as
 * millions of rows have them. Safe from any thread.
 */
public sealed interface Numbers permits DoubleNumbers, FloatNumbers, StridedNumbers {
  /** Number of numbers. */
  int size();

  /** The number at an index. */
  double get(int index);

  /**
   * These numbers.
   *
   * @param values not copied: they must not change any more
   */
  static Numbers of(double... values) {
    return new DoubleNumbers(values);
  }

  /**
   * The first so many of these numbers.
   *
   * @param values not copied: they must not change any more
   */
  static Numbers of(float[] values, int size) {
    return new FloatNumbers(values, size);
  }

  /** A copy of them all. */
  default double[] toArray() {
    double[] values = new double[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = get(i);
    }
    return values;
  }
}
