package org.mtl4j.data.source.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.Supplier;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.task.Columns;

/** The rows of a query that runs, block by block. */
public final class QueryRows implements AutoCloseable {
  private final Result result;
  private final SqlFaults faults;
  private final Query query;
  private final Supplier<QueryRows> unpacked;
  private Optional<QueryRows> rest = Optional.empty();
  private long given;
  private boolean ended;

  /**
   * What a statement gives.
   *
   * @param columns as the query has them
   * @param packing which of them come in one value
   */
  record Result(Statement statement, ResultSet rows, ResultColumns columns, TextPacking packing) {}

  /**
   * The rows of a result.
   *
   * @param unpacked runs the same query with every column by itself, should a row's packed texts be
   *     such that they cannot be told apart
   */
  QueryRows(Result result, SqlFaults faults, Query query, Supplier<QueryRows> unpacked) {
    this.result = result;
    this.faults = faults;
    this.query = query;
    this.unpacked = unpacked;
  }

  /** The columns as the query that runs gives them. */
  public Columns columns() {
    return result.columns().columns();
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
    if (rest.isPresent()) {
      return count(rest.get().next(maxRows));
    }
    BlockBuffer buffer = new BlockBuffer(result.columns(), result.packing(), maxRows);
    boolean told = true;
    try {
      while (told && buffer.hasRoom() && advance()) {
        told = buffer.add(result.rows());
      }
    } catch (SQLException e) {
      throw faults.of(e, query, given + buffer.rowCount());
    } catch (MtlException e) {
      throw e.at(query.place(given + buffer.rowCount()));
    }
    Optional<Block> block =
        count(buffer.rowCount() == 0 ? Optional.empty() : Optional.of(buffer.block()));
    if (told) {
      return block;
    }
    continueUnpacked();
    return block.isPresent() ? block : next(maxRows);
  }

  private Optional<Block> count(Optional<Block> block) {
    given += block.map(Block::rowCount).orElse(0);
    return block;
  }

  /** The query runs anew, for the rows behind those that were given. */
  private void continueUnpacked() {
    closeResult();
    QueryRows rows = unpacked.get();
    rest = Optional.of(rows);
    rows.skip(given);
  }

  private void skip(long count) {
    try {
      while (given < count && advance()) {
        given++;
      }
    } catch (SQLException e) {
      throw faults.of(e, query, given);
    }
  }

  private boolean advance() throws SQLException {
    ended = ended || !result.rows().next();
    return !ended;
  }

  private void closeResult() {
    Session.close(result.rows());
    Session.close(result.statement());
  }

  @Override
  public void close() {
    rest.ifPresent(QueryRows::close);
    closeResult();
  }
}
