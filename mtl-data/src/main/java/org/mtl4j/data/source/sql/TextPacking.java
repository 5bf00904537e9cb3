package org.mtl4j.data.source.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the texts of a file's rows cross DuckDB's JDBC driver: side by side in one value a row,
 * parted by a character that hardly any text holds. Each value costs the driver some 350
 * nanoseconds, as it makes a Java string of it through JNI, whatever its length. A row in which a
 * text does hold that character has more of them than texts, so that no row is ever taken apart
 * wrongly.
 *
 * @param sql the query with numbers as they are, and behind them all texts in one BLOB
 * @param positions per column its position in that query's result, from 1; 0 for a packed text
 * @param texts how many are packed
 */
record TextPacking(String sql, List<Integer> positions, int texts) {
  /** Unit separator: ASCII has it for this very purpose. */
  static final byte SEPARATOR = 31;

  TextPacking {
    positions = List.copyOf(positions);
  }

  /** Every column by itself. */
  static TextPacking none(Query query, int columns) {
    List<Integer> positions = new ArrayList<>();
    for (int c = 1; c <= columns; c++) {
      positions.add(c);
    }
    return new TextPacking(query.sql(), positions, 0);
  }

  /**
   * All texts packed; empty if there are not two of them.
   *
   * @param query begins with {@code from}
   * @param columns what it gives
   */
  static Optional<TextPacking> of(Query query, ResultColumns columns) {
    List<String> packed = new ArrayList<>();
    List<String> selected = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    for (int c = 0; c < columns.kinds().size(); c++) {
      String name = '"' + columns.columns().names().get(c).replace("\"", "\"\"") + '"';
      ValueKind kind = columns.kinds().get(c);
      if (kind == ValueKind.TEXT || kind == ValueKind.DIGITS) {
        packed.add("coalesce(cast(" + name + " as varchar), '')");
        positions.add(0);
      } else {
        selected.add(name);
        positions.add(selected.size());
      }
    }
    if (packed.size() < 2) {
      return Optional.empty();
    }
    selected.add(
        packed.stream()
            .collect(Collectors.joining(", ", "encode(concat_ws(chr(" + SEPARATOR + "), ", "))")));
    String sql = "select " + String.join(", ", selected) + " " + query.sql();
    return Optional.of(new TextPacking(sql, positions, packed.size()));
  }

  boolean isPacked(int column) {
    return positions.get(column) == 0;
  }

  /** The position of the packed texts in the result. */
  int textsPosition() {
    return 1 + positions.size() - texts;
  }
}
