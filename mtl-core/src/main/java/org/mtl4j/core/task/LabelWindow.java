package org.mtl4j.core.task;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long after a row its label is known: whether somebody buys within seven days of a click is
 * known seven days later. A row that is younger at the end of the data has no label yet, whatever
 * stands there, for a 0 may still become a 1; and the 1s alone would be too many.
 *
 * @param text as it was written, {@code 7d}
 * @param seconds the same in seconds, above 0
 */
public record LabelWindow(String text, double seconds) {
  /** The column of a row's age at the end of the data, in seconds; no file has one of that name. */
  public static final String AGE = "(age of the row)";

  private static final Pattern LENGTH = Pattern.compile("(\\d+(?:\\.\\d+)?)([smhdw])");
  private static final Map<String, Integer> UNITS =
      Map.of("s", 1, "m", 60, "h", 3_600, "d", 86_400, "w", 604_800);

  /**
   * Reads a length such as {@code 90m}, {@code 7d} or {@code 1.5d}.
   *
   * @throws IllegalArgumentException if it is none, or 0
   */
  public static LabelWindow parse(String text) {
    Matcher matcher = LENGTH.matcher(text);
    double seconds =
        matcher.matches() ? Double.parseDouble(matcher.group(1)) * UNITS.get(matcher.group(2)) : 0;
    if (!(seconds > 0)) {
      throw new IllegalArgumentException(
          "label_window: expected a number above 0 and its unit, s, m, h, d or w, such as 7d,"
              + " found \""
              + text
              + "\"");
    }
    return new LabelWindow(text, seconds);
  }

  /** Whether the label of a row of that age, in seconds, is known. */
  public boolean isKnown(double age) {
    return age >= seconds;
  }
}
