package org.mtl4j.core.task;

/** A block of rows of a source, read by position. Missing is NaN for numbers and null for text. */
public interface Rows {
  /** How many rows there are. */
  int rowCount();

  /**
   * A value as a number; NaN when it is missing.
   *
   * @throws org.mtl4j.core.error.MtlException if it is text that spells no number
   */
  double number(int column, int row);

  /** A value as text, null when it is missing; whole numbers are spelt without a decimal point. */
  String text(int column, int row);

  /** A number as text: null for NaN, whole numbers without a decimal point. */
  static String spell(double number) {
    if (Double.isNaN(number)) {
      return null;
    }
    long whole = (long) number;
    // 2^63 is not a long, and the cast gives the long below it.
    return whole == number && whole != Long.MAX_VALUE
        ? Long.toString(whole)
        : Double.toString(number);
  }
}
