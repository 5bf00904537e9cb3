package org.mtl4j.data.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.mtl4j.core.batch.Utf8Column;

/** What a field of a CSV file is as a value. */
final class CsvCells {
  private final boolean trim;
  private final String[] markers;
  private final byte[][] markerBytes;

  /** By the rules of a source. */
  CsvCells(CsvConfig config) {
    this.trim = config.trim();
    this.markers = config.missing().toArray(String[]::new);
    this.markerBytes =
        config.missing().stream().map(marker -> marker.getBytes(UTF_8)).toArray(byte[][]::new);
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

  /** The values of some rows' fields, in their order; the bytes are shared. */
  Utf8Column clean(Utf8Column fields, int[] rows) {
    int[] starts = new int[rows.length];
    int[] lengths = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      int row = rows[i];
      starts[i] = fields.starts()[row];
      lengths[i] = fields.lengths()[row];
      if (lengths[i] <= 0) {
        lengths[i] = Utf8Column.MISSING;
      } else if (!isBare(fields, row)) {
        cleanText(fields.text(row), starts, lengths, i);
      } else if (isMarker(fields.bytes(), starts[i], lengths[i])) {
        lengths[i] = Utf8Column.MISSING;
      }
    }
    return new Utf8Column(fields.bytes(), starts, lengths);
  }

  /** Whether it is plain that nothing can be taken off a field. */
  private boolean isBare(Utf8Column fields, int row) {
    int start = fields.starts()[row];
    int last = start + fields.lengths()[row] - 1;
    return isVisible(fields.bytes()[start]) && isVisible(fields.bytes()[last]);
  }

  /** Bytes below 0 are of characters beyond ASCII, of which some are blanks. */
  private boolean isVisible(byte b) {
    return b > ' ' || (b < 0 && !trim);
  }

  private boolean isMarker(byte[] bytes, int start, int length) {
    for (byte[] marker : markerBytes) {
      if (marker.length == length
          && Arrays.equals(marker, 0, length, bytes, start, start + length)) {
        return true;
      }
    }
    return false;
  }

  /** A value is a part of its field, behind blanks: it begins where it is first found. */
  private void cleanText(String field, int[] starts, int[] lengths, int i) {
    String value = clean(field);
    if (value == null) {
      lengths[i] = Utf8Column.MISSING;
    } else if (value.length() < field.length()) {
      starts[i] += field.substring(0, field.indexOf(value)).getBytes(UTF_8).length;
      lengths[i] = value.getBytes(UTF_8).length;
    }
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
