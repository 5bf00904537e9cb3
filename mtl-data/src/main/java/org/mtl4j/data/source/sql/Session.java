package org.mtl4j.data.source.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Optional;
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
    return describe(query, columns -> ResultColumns.of(columns, query).columns());
  }

  /** Reads what a driver says of a query's columns. */
  @FunctionalInterface
  private interface Description<T> {
    T of(ResultSetMetaData columns) throws SQLException;
  }

  private <T> T describe(Query query, Description<T> description) {
    try (PreparedStatement statement = connection.prepareStatement(query.sql())) {
      ResultSetMetaData columns = statement.getMetaData();
      if (columns != null) {
        return description.of(columns);
      }
      statement.setMaxRows(1);
      try (ResultSet rows = statement.executeQuery()) {
        return description.of(rows.getMetaData());
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
   * How a database knows a column.
   *
   * @param type of {@link java.sql.Types}
   * @param typeName the database's own name of it
   */
  record ColumnKind(int type, String typeName) {}

  /** The kind of a query's column, which is there. */
  ColumnKind kind(Query query, String column) {
    return describe(
        query,
        columns -> {
          int c = 1;
          while (!columns.getColumnLabel(c).equals(column)) {
            c++;
          }
          return new ColumnKind(columns.getColumnType(c), columns.getColumnTypeName(c));
        });
  }

  /** What names of columns stand in, so that every name can be one. */
  String quote() {
    try {
      String quote = connection.getMetaData().getIdentifierQuoteString();
      return quote == null || quote.isBlank() ? "\"" : quote;
    } catch (SQLException e) {
      return "\""; // That of the standard.
    }
  }

  /**
   * Runs a query.
   *
   * @throws org.mtl4j.core.error.MtlException as {@link #columns}
   */
  public QueryRows run(Query query) {
    return run(query, statement -> {});
  }

  /**
   * Runs a query that reads a file by DuckDB: as {@link #run(Query)}, with texts in {@link
   * org.mtl4j.core.batch.Utf8Column}s.
   *
   * @param query {@code from} a file, and no more
   * @throws org.mtl4j.core.error.MtlException as {@link #columns}
   */
  public QueryRows scan(Query query) {
    ResultColumns columns = describe(query, result -> ResultColumns.of(result, query));
    try {
      Optional<ChunkRows> chunks = ChunkRows.open(connection, query, columns);
      return chunks.isPresent()
          ? new QueryRows(chunks.get(), columns.columns(), faults, query)
          : run(query);
    } catch (SQLException e) {
      throw faults.of(e, query, 0);
    }
  }

  /** Sets the parameters of a query. */
  @FunctionalInterface
  interface Parameters {
    void set(PreparedStatement statement) throws SQLException;
  }

  /** Runs a query with parameters. */
  QueryRows run(Query query, Parameters parameters) {
    PreparedStatement statement = null;
    try {
      statement = connection.prepareStatement(query.sql());
      if (fetchSize > 0) {
        statement.setFetchSize(fetchSize);
      }
      parameters.set(statement);
      ResultSet rows = statement.executeQuery();
      ResultColumns columns = ResultColumns.of(rows.getMetaData(), query);
      ResultRows reader = new ResultRows(statement, rows, columns);
      return new QueryRows(reader, columns.columns(), faults, query);
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
