package org.mtl4j.core.task;

/**
 * An expression whose columns and types have been checked against a source. Booleans are the
 * numbers 1 and 0; a missing value is NaN, or null for text. Stateless: safe from any thread.
 */
public interface BoundExpression {
  /** Whether the value is text; otherwise it is a number. */
  boolean isText();

  /**
   * The value at a row, NaN when it is missing.
   *
   * <p>An untyped column on its own {@linkplain #isText is text} and is read here as a number.
   *
   * @throws IllegalStateException if the value is text whose type is known
   */
  double number(Rows rows, int row);

  /**
   * The value at a row as text, null when it is missing; numbers are spelt as {@link Rows} does.
   */
  String text(Rows rows, int row);

  /** Whether the value is a number other than 0; a missing value is not. */
  default boolean isTrue(Rows rows, int row) {
    double value = number(rows, row);
    return !Double.isNaN(value) && value != 0;
  }
}
