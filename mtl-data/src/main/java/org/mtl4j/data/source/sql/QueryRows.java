package org.mtl4j.data.source.sql;

import java.sql.SQLException;
import java.util.Optional;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.task.Columns;

/** The rows of a query that runs, block by block. */
public final class QueryRows implements AutoCloseable {
  private final RowReader rows;
  private final Columns columns;
  private final SqlFaults faults;
  private final Query query;
  private long given;

  /**
   * The rows that a query gives.
   *
   * @param rows closed with this
   * @param columns as the query has them
   */
  QueryRows(RowReader rows, Columns columns, SqlFaults faults, Query query) {
    this.rows = rows;
    this.columns = columns;
    this.faults = faults;
    this.query = query;
  }

  /** The columns as the query that runs gives them. */
  public Columns columns() {
    return columns;
  }

  /** How many rows there were so far. */
  public long given() {
    return given;
  }

  /**
   * The next rows, at most {@code maxRows}; empty at the end.
   *
   * @throws MtlException if the query fails, or the database goes away
   */
  public Optional<Block> next(int maxRows) {
    try {
      Optional<Block> block = rows.next(maxRows);
      given += block.map(Block::rowCount).orElse(0);
      return block;
    } catch (SQLException e) {
      throw faults.of(e, query, given + rows.rowsOfBlock());
    } catch (MtlException e) {
      throw e.at(query.place(given + rows.rowsOfBlock()));
    }
  }

  @Override
  public void close() {
    rows.close();
  }
}
