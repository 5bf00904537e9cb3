package org.mtl4j.data.source;

import java.util.List;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.data.source.sql.DuckDbConfig;

/**
 * The keys of a {@code parquet} source.
 *
 * @param path files or globs, relative to the current directory; at least one
 * @param duckdb what DuckDB may take while it reads them; by default a thread a processor
 */
@Summary("Parquet files, read by DuckDB.")
public record ParquetConfig(List<String> path, @Default("{}") DuckDbConfig duckdb) {
  /**
   * Checks that there are paths.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public ParquetConfig {
    if (path.isEmpty() || path.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("path: expected a file or a glob, found " + path);
    }
    path = List.copyOf(path);
  }

  /** Files with the default of everything else. */
  public static ParquetConfig of(String... path) {
    return new ParquetConfig(List.of(path), DuckDbConfig.DEFAULTS);
  }
}
