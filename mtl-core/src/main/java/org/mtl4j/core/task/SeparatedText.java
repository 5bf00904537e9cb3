package org.mtl4j.core.task;

import java.util.ArrayList;
import java.util.List;

/**
 * Several values in one text: cut at a separator, blanks around a value taken off, values that are
 * empty then left out. Blanks are ASCII's: space, tab, line feed, form feed and carriage return, as
 * a graph's regular expressions know them.
 *
 * @param separator one character
 */
public record SeparatedText(String separator) {
  /**
   * Checks the separator.
   *
   * @throws IllegalArgumentException if it is not one character
   */
  public SeparatedText {
    boolean half = separator.length() == 1 && Character.isSurrogate(separator.charAt(0));
    if (half || separator.codePointCount(0, separator.length()) != 1) {
      throw new IllegalArgumentException(
          "separator: expected one character, found \"" + separator + "\"");
    }
  }

  /** Whether a character is taken off at a value's ends. */
  public static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
  }

  /** The values of a text; none for null. */
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
    return values;
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
