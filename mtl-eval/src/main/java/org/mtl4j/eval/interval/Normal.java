package org.mtl4j.eval.interval;

/** The standard normal distribution. */
final class Normal {
  /** The value that 97.5 % lie below. */
  static final double Z975 = 1.959963984540054;

  private static final double SERIES_BELOW = 2;
  private static final double TINY = 1e-300;

  private Normal() {}

  /** The probability of a value at least so far from 0, on either side. */
  static double twoSided(double z) {
    return erfc(Math.abs(z) / Math.sqrt(2));
  }

  /**
   * {@code 2 / sqrt(pi)} times the integral of {@code exp(-t^2)} from x on, for x of at least 0: by
   * its Maclaurin series (Abramowitz and Stegun 1964, 7.1.6) where x is small, otherwise by its
   * continued fraction (7.1.14), whose relative error stays small far out in the tail.
   */
  private static double erfc(double x) {
    return x < SERIES_BELOW ? 1 - series(x) : fraction(x);
  }

  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; term > sum * Math.ulp(1.0) / 4; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }

  /** By Lentz's method: x + (1/2)/(x + (2/2)/(x + (3/2)/(x + ...))). */
  private static double fraction(double x) {
    double f = x;
    double c = x;
    double d = 0;
    double change = 0;
    for (int n = 1; n < 500 && Math.abs(change - 1) > 1e-15; n++) {
      d = 1 / Math.max(x + n / 2.0 * d, TINY);
      c = x + n / 2.0 / c;
      change = c * d;
      f *= change;
    }
    return Math.exp(-x * x) / (f * Math.sqrt(Math.PI));
  }
}
