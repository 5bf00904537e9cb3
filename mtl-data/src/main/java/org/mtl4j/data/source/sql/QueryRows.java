package org.mtl4j.data.source.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.task.Columns;

/** The rows of a query that runs, block by block. */
public final class QueryRows implements AutoCloseable {
  private static final int FIRST_CAPACITY = 1024;

  private final Statement statement;
  private final ResultSet rows;
  private final ResultColumns result;
  private final SqlFaults faults;
  private final Query query;
  private long given;
  private boolean ended;

  QueryRows(
      Statement statement, ResultSet rows, ResultColumns result, SqlFaults faults, Query query) {
    this.statement = statement;
    this.rows = rows;
    this.result = result;
    this.faults = faults;
    this.query = query;
  }

  /** The columns as the query that runs gives them. */
  public Columns columns() {
    return result.columns();
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
    int capacity = Math.min(maxRows, FIRST_CAPACITY);
    List<ColumnBuffer> buffers = buffers(capacity);
    int count = 0;
    try {
      while (count < maxRows && advance()) {
        if (count == capacity) {
          capacity = (int) Math.min(maxRows, 2L * capacity);
          for (ColumnBuffer buffer : buffers) {
            buffer.grow(capacity);
          }
        }
        for (ColumnBuffer buffer : buffers) {
          buffer.read(rows, count);
        }
        count++;
      }
    } catch (SQLException e) {
      throw faults.of(e, query, given + count);
    } catch (MtlException e) {
      throw e.at(query.place(given + count));
    }
    given += count;
    return count == 0
        ? Optional.empty()
        : Optional.of(new Block(count, buffers.stream().map(ColumnBuffer::values).toList()));
  }

  private List<ColumnBuffer> buffers(int capacity) {
    List<ColumnBuffer> buffers = new ArrayList<>();
    for (ValueKind kind : result.kinds()) {
      buffers.add(new ColumnBuffer(kind, buffers.size() + 1, capacity));
    }
    return buffers;
  }

  private boolean advance() throws SQLException {
    ended = ended || !rows.next();
    return !ended;
  }

  @Override
  public void close() {
    Session.close(rows);
    Session.close(statement);
  }
}
