package org.mtl4j.data.source.sql;

import java.sql.SQLException;
import java.util.Optional;

/** Gives the rows of a query that runs, some at a time. */
interface RowReader extends AutoCloseable {
  /**
   * The next rows, at most {@code maxRows}; empty at the end.
   *
   * @throws SQLException if the query fails, or the database goes away
   */
  Optional<Block> next(int maxRows) throws SQLException;

  /** How many rows had been read for the block that came last, or that failed. */
  int rowsOfBlock();

  @Override
  void close();
}
