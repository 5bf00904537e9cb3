package org.mtl4j.data.describe;

import java.util.regex.Pattern;
import org.mtl4j.core.task.Decimals;

/**
 * Values that look like a point in time, exact to the minute at least: whole seconds or
 * milliseconds since 1970 of the years 2000 to 2039, or texts as ISO 8601 writes them.
 */
public final class PointInTime {
  private static final Pattern ISO = Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d.*");

  /** 2000-01-01 and 2040-01-01, in seconds since 1970. */
  private static final double FIRST = 946_684_800;

  private static final double END = 2_208_988_800.0;
  private static final double MILLIS = 1000;

  private PointInTime() {}

  /** Whether a value looks like one. */
  public static boolean is(String value) {
    return isEpoch(Decimals.valueOf(value)) || ISO.matcher(value).matches();
  }

  /** Whether a number is one of whole seconds or milliseconds since 1970, from 2000 to 2039. */
  public static boolean isEpoch(double number) {
    return number == Math.rint(number) && (isSeconds(number) || isSeconds(number / MILLIS));
  }

  private static boolean isSeconds(double number) {
    return number >= FIRST && number < END;
  }
}
