package org.mtl4j.core.batch;

/**
 * The id columns of a feature that is a list of values: one behind the other, those of a shorter
 * list {@linkplain #PADDING padded} at the end, and where a value is missing.
 *
 * @param first position in {@link EncodedRows#ids()} of the first column
 * @param length number of columns
 * @param offset the store's row of the table's id 0
 * @param whole whether a batch has all the columns, or only as many as its longest list
 */
public record ListColumns(int first, int length, long offset, boolean whole) {
  /** Stands where a list has no value. */
  public static final int PADDING = -1;
}
