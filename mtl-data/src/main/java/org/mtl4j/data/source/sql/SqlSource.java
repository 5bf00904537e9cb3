package org.mtl4j.data.source.sql;

/**
 * Rows of a query that DuckDB runs in this process, over files of any kind it reads. Rows stream: a
 * pass holds a block of them, and what DuckDB needs for the query, within {@code
 * duckdb.memory_limit}.
 *
 * <p>Numbers are doubles; whole numbers of 64 bits and more and decimals are text of type UNTYPED
 * with all their digits; booleans are 1 or 0; dates and times are text of ISO 8601, instants in
 * UTC. NULL, NaN and blank text are missing. Columns of lists, structs, bytes or intervals are
 * refused, with the SQL to put in their place.
 *
 * <p>Every pass gives the same rows in the same order, or ends in an error. Without ORDER BY the
 * order is kept by running the query on one thread, the default.
 *
 * <p>Errors: {@code CONFIG_VALUE} and {@code COLUMN_MISSING} for a query that is wrong, with a
 * caret under the place; {@code FILE_MISSING}; {@code DATA_FORMAT} for a file that is damaged, a
 * column that no row can hold, or rows that differ between passes; {@code DATA_VALUE} for a value
 * that a cast refuses; {@code NO_ROWS}; {@code MEMORY} beyond {@code duckdb.memory_limit}; {@code
 * IO}.
 */
public final class SqlSource extends QuerySource {
  /**
   * Asks DuckDB for the query's columns.
   *
   * @throws org.mtl4j.core.error.MtlException if DuckDB refuses the query, or its driver is not on
   *     the class path
   */
  public SqlSource(SqlConfig config) {
    super(DuckDb.of(config.duckdb()), Query.ofUser(config.query()));
  }
}
