package org.mtl4j.core.batch;

import java.util.OptionalInt;

/**
 * The id columns of a feature that is a list of values: one behind the other, those of a shorter
 * list {@linkplain #PADDING padded} at the end, and where a value is missing.
 *
 * @param first position in {@link EncodedRows#ids()} of the first column
 * @param length number of columns
 * @param offset the store's row of the table's id 0
 * @param whole whether a batch has all the columns, or only as many as its longest list
 * @param weights position in {@link EncodedRows#dense()} of the first value's weight, the others
 *     behind it; empty if each weighs 1
 */
public record ListColumns(int first, int length, long offset, boolean whole, OptionalInt weights) {
  /** Stands where a list has no value. */
  public static final int PADDING = -1;

  /** Columns whose values weigh the same. */
  public ListColumns(int first, int length, long offset, boolean whole) {
    this(first, length, offset, whole, OptionalInt.empty());
  }

  /** Number of columns of weights. */
  int weightWidth() {
    return weights.isPresent() ? length : 0;
  }
}
