package org.mtl4j.data.source;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.mtl4j.data.source.sql.DuckDbConfig;

/** What parses CSV files. Both give the same values of files that RFC 4180 allows. */
public enum CsvEngine {
  /** Apache Commons CSV: reads all that {@link CsvConfig} says. */
  COMMONS,
  /**
   * DuckDB: faster, on several threads; for UTF-8, and not to leave bad rows out. Where RFC 4180
   * forbids what a file has, it takes blanks off before a quote that opens a field, and a delimiter
   * at the end of a line for nothing.
   */
  DUCKDB;

  private static final int MAX_DELIMITER_BYTES = 4;

  /**
   * Refuses what the engine does not do as the other would.
   *
   * @throws IllegalArgumentException naming the key and the reason
   */
  void check(String delimiter, String encoding, OnBadRow onBadRow, Optional<DuckDbConfig> duckdb) {
    if (this == COMMONS) {
      if (duckdb.isPresent()) {
        throw new IllegalArgumentException("duckdb: expected with engine: duckdb, found without");
      }
      return;
    }
    if (onBadRow != OnBadRow.ERROR) {
      throw new IllegalArgumentException(
          "on_bad_row: expected error, as engine: duckdb does not say which rows it leaves out,"
              + " found skip");
    }
    if (!Charset.forName(encoding).equals(StandardCharsets.UTF_8)) {
      throw new IllegalArgumentException(
          "encoding: expected UTF-8, which is all that engine: duckdb decodes as engine: commons"
              + " does, found "
              + encoding);
    }
    if (delimiter.getBytes(StandardCharsets.UTF_8).length > MAX_DELIMITER_BYTES) {
      throw new IllegalArgumentException(
          "delimiter: expected at most %d bytes with engine: duckdb, found \"%s\""
              .formatted(MAX_DELIMITER_BYTES, delimiter));
    }
  }
}
