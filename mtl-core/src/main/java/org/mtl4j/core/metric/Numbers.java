package org.mtl4j.core.metric;

/**
 * A column of numbers that is read and never written, kept as small as it came: floats are not
 * widened, as millions of rows have them. Safe from any thread.
 */
public sealed interface Numbers
    permits BitNumbers, DoubleNumbers, FileNumbers, FloatNumbers, SameNumbers, StridedNumbers {
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
    return new DoubleNumbers(values, values.length);
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

  /**
   * A copy of the numbers of some rows, as small as they allow.
   *
   * @param rows [m] positions, in the order wanted
   * @param width numbers a row
   */
  default Numbers select(int[] rows, int width) {
    if (areFloats()) {
      NumberList list = new NumberList();
      for (int row : rows) {
        for (int i = row * width; i < (row + 1) * width; i++) {
          list.add((float) get(i));
        }
      }
      return list.numbers();
    }
    double[] values = new double[rows.length * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = get(rows[i / width] * width + i % width);
    }
    return of(values);
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
