package org.mtl4j.data.source;

/** What a field of a CSV file is as a value. */
final class CsvCells {
  private final boolean trim;
  private final String[] markers;

  /** By the rules of a source. */
  CsvCells(CsvConfig config) {
    this.trim = config.trim();
    this.markers = config.missing().toArray(String[]::new);
  }

  /** The value; null if it is missing. */
  String clean(String field) {
    String trimmed = trim ? bare(field) : field.trim();
    if (trimmed.isEmpty()) {
      return null;
    }
    for (String marker : markers) {
      if (marker.equals(trimmed)) {
        return null;
      }
    }
    return trim ? trimmed : field;
  }

  /**
   * Without blanks of any alphabet. Commons CSV takes those off around fields without quotes alone,
   * and another parser does not tell which had some.
   */
  private static String bare(String field) {
    int from = 0;
    int to = field.length();
    while (from < to && isBlank(field.charAt(from))) {
      from++;
    }
    while (from < to && isBlank(field.charAt(to - 1))) {
      to--;
    }
    return field.substring(from, to);
  }

  /** Whether a field that is alone on its line makes that a blank one, and no row. */
  static boolean isBlank(String field) {
    return bare(field).isEmpty();
  }

  private static boolean isBlank(char c) {
    return c <= ' ' || Character.isWhitespace(c);
  }
}
