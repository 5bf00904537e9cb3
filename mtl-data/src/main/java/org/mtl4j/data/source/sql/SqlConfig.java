package org.mtl4j.data.source.sql;

import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;

/**
 * The keys of a {@code sql} source.
 *
 * @param query one query in DuckDB's SQL; the paths in it are relative to the current directory
 * @param duckdb what DuckDB may take; by default one thread, for then a query without ORDER BY
 *     gives its rows in the same order each time
 */
@Summary("One query of DuckDB's SQL over files: read_csv, read_parquet, read_json, and joins.")
public record SqlConfig(String query, @Default("{}") DuckDbConfig duckdb) {
  /**
   * Checks that there is a query.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public SqlConfig {
    if (query.isBlank()) {
      throw new IllegalArgumentException("query: expected a select, found nothing");
    }
  }

  /** A query with the default of everything else. */
  public static SqlConfig of(String query) {
    return new SqlConfig(query, DuckDbConfig.DEFAULTS);
  }
}
