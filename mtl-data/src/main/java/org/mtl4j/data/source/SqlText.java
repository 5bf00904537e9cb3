package org.mtl4j.data.source;

import java.nio.file.Path;

/** Pieces of SQL for DuckDB. */
final class SqlText {
  private SqlText() {}

  /** Text in quotes. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /**
   * A file in quotes. DuckDB takes a path for a pattern: brackets take the meaning of those
   * characters that have one.
   */
  static String literal(Path file) {
    return literal(file.toString().replaceAll("[*?\\[]", "[$0]"));
  }
}
