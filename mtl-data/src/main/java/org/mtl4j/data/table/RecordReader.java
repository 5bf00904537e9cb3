package org.mtl4j.data.table;

import java.util.function.UnaryOperator;

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

  /** This pass with each of its rows made into another; closing it closes this one. */
  default RecordReader map(UnaryOperator<String[]> change) {
    RecordReader rows = this;
    return new RecordReader() {
      @Override
      public String[] next() {
        String[] row = rows.next();
        return row == null ? null : change.apply(row);
      }

      @Override
      public String place() {
        return rows.place();
      }

      @Override
      public void close() {
        rows.close();
      }
    };
  }
}
