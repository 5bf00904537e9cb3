package org.mtl4j.data.source.sql;

/**
 * Rows of a query in any database that has a JDBC driver on the class path. Rows are fetched {@code
 * fetch_size} at a time in a transaction that only reads, where the driver knows such. Values are
 * read as by {@link SqlSource}; every pass runs the query anew and has to give the same rows in the
 * same order, so that it needs an ORDER BY in most databases.
 *
 * <p>Errors are those of {@link SqlSource}, and {@code UNKNOWN_NAME} where no driver takes the URL,
 * {@code IO} for a database that cannot be reached or goes away. None has the password in it.
 */
public final class JdbcSource extends QuerySource {
  /**
   * Connects, and asks for the query's columns.
   *
   * @throws org.mtl4j.core.error.MtlException if there is no driver or no database, or it refuses
   *     the query
   */
  public JdbcSource(JdbcConfig config) {
    super(JdbcDatabase.ofSource(config), Query.ofUser(config.query()));
  }
}
