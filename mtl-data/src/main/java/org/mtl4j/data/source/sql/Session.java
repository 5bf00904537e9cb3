package org.mtl4j.data.source.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.mtl4j.core.task.Columns;

/** A connection for one pass. Whoever opens it closes it. */
public final class Session implements AutoCloseable {
  private final Connection connection;
  private final SqlFaults faults;
  private final int fetchSize;
  private final Runnable atEnd;

  /**
   * A connection.
   *
   * @param fetchSize rows to fetch at a time; 0 leaves that to the driver
   * @param atEnd runs once the connection is closed
   */
  Session(Connection connection, SqlFaults faults, int fetchSize, Runnable atEnd) {
    this.connection = connection;
    this.faults = faults;
    this.fetchSize = fetchSize;
    this.atEnd = atEnd;
  }

  Connection connection() {
    return connection;
  }

  /**
   * The columns that a query gives; most drivers say so without running it.
   *
   * @throws org.mtl4j.core.error.MtlException if the query is wrong, or a column is of a type that
   *     no row can hold
   */
  public Columns columns(Query query) {
    try (PreparedStatement statement = connection.prepareStatement(query.sql())) {
      ResultSetMetaData columns = statement.getMetaData();
      if (columns != null) {
        return ResultColumns.of(columns, query).columns();
      }
      statement.setMaxRows(1);
      try (ResultSet rows = statement.executeQuery()) {
        return ResultColumns.of(rows.getMetaData(), query).columns();
      }
    } catch (SQLException e) {
      throw faults.of(e, query, 0);
    }
  }

  /**
   * Runs what gives no rows.
   *
   * @throws org.mtl4j.core.error.MtlException if it fails
   */
  public void execute(Query statement) {
    try (PreparedStatement prepared = connection.prepareStatement(statement.sql())) {
      prepared.execute();
    } catch (SQLException e) {
      throw faults.of(e, statement, 0);
    }
  }

  /**
   * Runs a query.
   *
   * @throws org.mtl4j.core.error.MtlException as {@link #columns}
   */
  public QueryRows run(Query query) {
    PreparedStatement statement = null;
    try {
      statement = connection.prepareStatement(query.sql());
      if (fetchSize > 0) {
        statement.setFetchSize(fetchSize);
      }
      ResultSet rows = statement.executeQuery();
      return new QueryRows(
          statement, rows, ResultColumns.of(rows.getMetaData(), query), faults, query);
    } catch (SQLException e) {
      close(statement);
      throw faults.of(e, query, 0);
    } catch (RuntimeException e) {
      close(statement);
      throw e;
    }
  }

  @Override
  public void close() {
    close(connection);
    atEnd.run();
  }

  /** Nothing was written: what goes wrong now takes nothing from the rows that were read. */
  static void close(AutoCloseable closeable) {
    try {
      if (closeable != null) {
        closeable.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      // A connection that is broken cannot be closed in order.
    }
  }
}
