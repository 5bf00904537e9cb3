package org.mtl4j.experiment.lint;

/** Numbers that look like a point in time. */
final class EpochTime {
  /** 2000-01-01 and 2040-01-01, in seconds since 1970. */
  private static final double FIRST = 946_684_800;

  private static final double END = 2_208_988_800.0;
  private static final double MILLIS = 1000;

  private EpochTime() {}

  /** Whether a number is one of whole seconds or milliseconds since 1970, from 2000 to 2039. */
  static boolean is(double number) {
    return number == Math.rint(number) && (isSeconds(number) || isSeconds(number / MILLIS));
  }

  private static boolean isSeconds(double number) {
    return number >= FIRST && number < END;
  }
}
