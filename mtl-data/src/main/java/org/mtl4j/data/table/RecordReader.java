package org.mtl4j.data.table;

/** One pass over a {@link Table}. Whoever opens it closes it. */
public interface RecordReader extends AutoCloseable {
  /**
   * The next row: a text a column, null or blank where it is missing; null at the end. The array is
   * the caller's.
   *
   * @throws org.mtl4j.core.error.MtlException if the row cannot be read; it names file and line
   */
  String[] next();

  /** Where the last row stands, for messages: {@code u.data, line 7}. Every row has its own. */
  String place();

  @Override
  void close();
}
