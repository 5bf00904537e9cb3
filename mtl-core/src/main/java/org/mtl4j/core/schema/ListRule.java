package org.mtl4j.core.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * How a text becomes a list of values: cut at a separator, blanks around a value taken off, values
 * that are empty then left out. Blanks are ASCII's: space, tab, line feed, form feed and carriage
 * return, as a graph's regular expressions know them.
 *
 * @param separator one character
 * @param maxLength so many values at most
 * @param keep which ones of a longer list
 */
public record ListRule(String separator, int maxLength, Keep keep) {
  /** Which values of a list that is too long stay. */
  public enum Keep {
    /** Those at its beginning. */
    FIRST,
    /** Those at its end: the newest of a history. */
    LAST
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the separator is not one character or the length below 1
   */
  public ListRule {
    if (separator.codePointCount(0, separator.length()) != 1
        || !UnicodeText.isWellFormed(separator)) {
      throw new IllegalArgumentException(
          "separator: expected one character, found \"" + separator + "\"");
    }
    if (maxLength < 1) {
      throw new IllegalArgumentException("max_length: expected at least 1, found " + maxLength);
    }
  }

  /** The same rule for lists of another length. */
  public ListRule withMaxLength(int length) {
    return new ListRule(separator, length, keep);
  }

  /** Whether a character is taken off at a value's ends. */
  public static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
  }

  /** The values of a text, at most {@link #maxLength}; none for null. */
  public List<String> values(String text) {
    List<String> values = new ArrayList<>();
    if (text == null) {
      return values;
    }
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
      add(text, from, at, values);
      from = at + separator.length();
    }
    add(text, from, text.length(), values);
    int extra = Math.max(0, values.size() - maxLength);
    return keep == Keep.FIRST
        ? values.subList(0, values.size() - extra)
        : values.subList(extra, values.size());
  }

  private static void add(String text, int from, int to, List<String> values) {
    int first = from;
    int end = to;
    while (first < end && isBlank(text.charAt(first))) {
      first++;
    }
    while (first < end && isBlank(text.charAt(end - 1))) {
      end--;
    }
    if (first < end) {
      values.add(text.substring(first, end));
    }
  }
}
