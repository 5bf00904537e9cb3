package org.mtl4j.core.metric;

/** A number for each of n rows, given in any order of the rows. Not for use by several threads. */
public sealed interface RowValues permits ArrayRowValues, FileRowValues {
  /** Gives the number of a row, once. */
  void set(int row, double value);

  /** The numbers [n], once all are given. */
  Numbers numbers();
}
