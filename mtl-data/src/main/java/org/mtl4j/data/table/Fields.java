package org.mtl4j.data.table;

import java.util.ArrayList;
import java.util.List;

/** Cuts a line into its fields. */
final class Fields {
  private static final char QUOTE = '"';

  private Fields() {}

  /** The fields between delimiters; quotes are characters like any others. */
  static List<String> plain(String line, String delimiter) {
    List<String> fields = new ArrayList<>();
    int start = 0;
    for (int at = line.indexOf(delimiter); at >= 0; at = line.indexOf(delimiter, start)) {
      fields.add(line.substring(start, at));
      start = at + delimiter.length();
    }
    fields.add(line.substring(start));
    return fields;
  }

  /**
   * The fields of RFC 4180, but for line breaks: a field that begins with a quote ends at the next
   * one, and two quotes inside it are one. Null if a quote is never closed.
   */
  static List<String> quoted(String line, String delimiter) {
    List<String> fields = new ArrayList<>();
    int start = 0;
    while (true) {
      if (start < line.length() && line.charAt(start) == QUOTE) {
        int close = closing(line, start + 1);
        if (close < 0) {
          return null;
        }
        int end = line.indexOf(delimiter, close);
        String rest = line.substring(close + 1, end < 0 ? line.length() : end);
        fields.add(line.substring(start + 1, close).replace("\"\"", "\"") + rest);
        if (end < 0) {
          return fields;
        }
        start = end + delimiter.length();
      } else {
        int end = line.indexOf(delimiter, start);
        fields.add(line.substring(start, end < 0 ? line.length() : end));
        if (end < 0) {
          return fields;
        }
        start = end + delimiter.length();
      }
    }
  }

  private static int closing(String line, int from) {
    int at = line.indexOf(QUOTE, from);
    while (at >= 0 && at + 1 < line.length() && line.charAt(at + 1) == QUOTE) {
      at = line.indexOf(QUOTE, at + 2);
    }
    return at;
  }
}
