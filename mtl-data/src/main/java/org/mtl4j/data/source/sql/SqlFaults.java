package org.mtl4j.data.source.sql;

import java.sql.SQLException;
import org.mtl4j.core.error.MtlException;

/** Puts what a database says of a failure into words that a user can act on. */
interface SqlFaults {
  /**
   * A failure while a query is made ready or run.
   *
   * @param rows how many rows it had given
   */
  MtlException of(SQLException e, Query query, long rows);
}
