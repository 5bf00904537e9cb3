package org.mtl4j.data.source.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Points into a query: the line that has the place, and a caret under it. */
final class Caret {
  /** Longer lines are cut on both sides of the place. */
  private static final int WIDTH = 100;

  private Caret() {}

  /** The place as DuckDB counts it: in bytes of UTF-8, from 0. */
  static String atByte(String sql, int position) {
    byte[] bytes = sql.getBytes(UTF_8);
    return at(sql, new String(bytes, 0, Math.min(position, bytes.length), UTF_8).length());
  }

  /** The place as most databases count it: in characters, from 1. */
  static String atCharacter(String sql, int position) {
    int characters = sql.codePointCount(0, sql.length());
    return at(sql, sql.offsetByCodePoints(0, Math.max(0, Math.min(position - 1, characters))));
  }

  private static String at(String sql, int index) {
    int start = sql.lastIndexOf('\n', index - 1) + 1;
    int end = sql.indexOf('\n', index);
    end = end < 0 ? sql.length() : end;
    int from = Math.max(start, Math.min(index - WIDTH / 2, end - WIDTH));
    int to = Math.min(end, from + WIDTH);
    // A tab is as wide as the terminal likes.
    String line = sql.substring(from, to).replace('\t', ' ').stripTrailing();
    int column = sql.codePointCount(from, index);
    return "\n  " + line + "\n  " + " ".repeat(column) + "^\n";
  }
}
