package org.mtl4j.data.source.sql;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The query that has a file's rows in the types that {@link ChunkRows} takes: numbers as doubles,
 * and as texts what is one or is read by its digits. A long text stands in memory that Java cannot
 * read, and costs some 300 nanoseconds to ask for. So those of a row can come side by side in one
 * text behind the columns, in the columns' order; how long each is its own column says.
 */
final class ChunkQuery {
  private ChunkQuery() {}

  /**
   * The query.
   *
   * @param query {@code from} a file, and no more
   * @param columns what it gives
   * @param joined the columns whose long texts come side by side
   */
  static String of(Query query, ResultColumns columns, BitSet joined) {
    List<String> selected = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int c = 0; c < columns.kinds().size(); c++) {
      String name = '"' + columns.columns().names().get(c).replace("\"", "\"\"") + '"';
      String value = value(name, columns.kinds().get(c));
      selected.add(value);
      if (joined.get(c)) {
        texts.add(
            "case when strlen(%s) > %d then %s else '' end"
                .formatted(value, DuckVector.SHORT_TEXT, value));
      }
    }
    if (!texts.isEmpty()) {
      selected.add("concat(" + String.join(", ", texts) + ")");
    }
    return "select " + String.join(", ", selected) + " " + query.sql();
  }

  private static String value(String name, ValueKind kind) {
    return switch (kind) {
      case NUMBER, TRUTH -> "cast(" + name + " as double)";
      case TEXT, DIGITS, TIME -> "cast(" + name + " as varchar)";
      case FLOAT, DATE, TIMESTAMP, INSTANT -> name;
    };
  }

  /** Whether a column of a kind comes as a text of DuckDB's. */
  static boolean isText(ValueKind kind) {
    return kind == ValueKind.TEXT || kind == ValueKind.DIGITS || kind == ValueKind.TIME;
  }
}
