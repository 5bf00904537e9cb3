package org.mtl4j.core.metric;

/**
 * A column of numbers that is read and never written, kept as small as it came: floats are not
 * widened, as millions of rows have them. Safe from any thread.
 */
public sealed interface Numbers
    permits BitNumbers, DoubleNumbers, FloatNumbers, SameNumbers, StridedNumbers {
  /** Number of numbers. */
  int size();

  /** The number at an index. */
  double get(int index);

  /** Whether each of them is a float, so that nothing is lost if it is taken for one. */
  boolean areFloats();

  /**
   * These numbers.
   *
   * @param values not copied: they must not change any more
   */
  static Numbers of(double... values) {
    return new DoubleNumbers(values);
  }

  /** One number, so many times. */
  static Numbers same(float value, int size) {
    return new SameNumbers(value, size);
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
