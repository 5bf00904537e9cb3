package org.mtl4j.core.schema;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.mtl4j.core.task.Decimals;

/** How the times of a column are written; those of one shape can be compared. */
public enum TimeShape {
  /** Numbers, of whatever unit. */
  NUMBER("a number"),
  /** Days. */
  DATE("a date such as 2024-03-31"),
  /** Days and times, in no zone. */
  DATE_TIME("a date with a time such as 2024-03-31T18:30:00"),
  /** Instants. */
  OFFSET_DATE_TIME("a date with a time and its offset such as 2024-03-31T18:30:00Z");

  private static final int DATE_LENGTH = 10;
  private static final int MINUTE_END = 16;
  private static final int SECOND_END = 19;
  private static final int NANO_DIGITS = 9;
  private static final double SECONDS_OF_A_DAY = 86_400;
  private static final int MICRO_DIGITS = 6;
  private static final double MICROS_OF_A_SECOND = 1e6;

  private final String words;

  TimeShape(String words) {
    this.words = words;
  }

  /** The shape in words, with an example. */
  public String words() {
    return words;
  }

  /**
   * A time as it is written.
   *
   * @param shape how
   * @param value the number itself, may be infinite; or seconds since 1970 began, in UTC or where
   *     no offset is given, cut to the microsecond
   */
  public record Time(TimeShape shape, double value) {}

  /**
   * Reads a number, or a date or time of ISO 8601 in its extended format: {@code 2024-03-31}, and
   * behind it, after {@code T} or a blank, {@code 18:30}, {@code 18:30:00} or up to nine digits
   * more, and {@code Z}, {@code +02}, {@code +0200} or {@code +02:00}. Read by hand, as this is
   * done for every row of every pass.
   *
   * @return the time; empty for anything else, NaN and days or hours that there are not included
   */
  public static Optional<Time> read(String text) {
    double number = Decimals.valueOf(text);
    if (!Double.isNaN(number)) {
      return Optional.of(new Time(NUMBER, number));
    }
    try {
      return iso(text);
    } catch (DateTimeException e) {
      return Optional.empty(); // 30 February, 25 o'clock, an offset of days.
    }
  }

  private static Optional<Time> iso(String text) {
    if (!fits(text, 0, "0000-00-00")) {
      return Optional.empty();
    }
    LocalDate date = LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10));
    double midnight = date.toEpochDay() * SECONDS_OF_A_DAY;
    if (text.length() == DATE_LENGTH) {
      return Optional.of(new Time(DATE, midnight));
    }
    if (!fits(text, DATE_LENGTH, "T00:00") && !fits(text, DATE_LENGTH, " 00:00")) {
      return Optional.empty();
    }
    int end = timeEnd(text);
    int second = end >= SECOND_END ? digits(text, MINUTE_END + 1, SECOND_END) : 0;
    LocalTime time = LocalTime.of(digits(text, 11, 13), digits(text, 14, 16), second);
    double whole = midnight + time.toSecondOfDay();
    if (end == text.length()) {
      return Optional.of(new Time(DATE_TIME, whole + fraction(text, end)));
    }
    int offset = ZoneOffset.of(text.substring(end)).getTotalSeconds();
    return Optional.of(new Time(OFFSET_DATE_TIME, whole - offset + fraction(text, end)));
  }

  /** Where hours, minutes, seconds and their fraction end. */
  private static int timeEnd(String text) {
    if (!fits(text, MINUTE_END, ":00")) {
      return MINUTE_END;
    }
    if (!fits(text, SECOND_END, ".0")) {
      return SECOND_END;
    }
    int end = SECOND_END + 1;
    while (end <= SECOND_END + NANO_DIGITS && fits(text, end, "0")) {
      end++;
    }
    return end;
  }

  /** Cut, not rounded: 23:59:59.999999999 is no part of the next day. */
  private static double fraction(String text, int end) {
    int micros = 0;
    for (int i = SECOND_END + 1; i <= SECOND_END + MICRO_DIGITS; i++) {
      micros = 10 * micros + (i < end ? text.charAt(i) - '0' : 0);
    }
    return micros / MICROS_OF_A_SECOND;
  }

  /** Whether a pattern, in which 0 is any digit, stands at a place. */
  private static boolean fits(String text, int from, String pattern) {
    if (text.length() < from + pattern.length()) {
      return false;
    }
    for (int i = 0; i < pattern.length(); i++) {
      char c = text.charAt(from + i);
      boolean fits = pattern.charAt(i) == '0' ? c >= '0' && c <= '9' : c == pattern.charAt(i);
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static int digits(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      value = 10 * value + (text.charAt(i) - '0');
    }
    return value;
  }
}
