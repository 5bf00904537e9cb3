package org.mtl4j.eval.interval;

import java.util.Optional;

/** The mean of a few independent numbers, and how far off it may be. */
public final class StudentT {
  /** 97.5 % quantiles of Student's distribution with 1 to 30 degrees of freedom. */
  private static final double[] QUANTILES = {
    12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281,
    2.2010, 2.1788, 2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860,
    2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423
  };

  private static final double NORMAL = 1.959964;

  private StudentT() {}

  /**
   * The 95 % interval of the mean: the mean and t times its standard error to either side, t being
   * the 97.5 % quantile of Student's distribution (Student, "The probable error of a mean", 1908).
   *
   * @return in the numbers' unit; empty of fewer than two numbers
   */
  public static Optional<Interval> interval(double... numbers) {
    int n = numbers.length;
    if (n < 2) {
      return Optional.empty();
    }
    double half = quantile(n - 1) * deviation(numbers) / Math.sqrt(n);
    double mean = mean(numbers);
    return Optional.of(
        new Interval(mean - half, mean + half, Interval.LEVEL, Interval.Method.REPEATS));
  }

  /** The mean; NaN of none. */
  public static double mean(double... numbers) {
    double sum = 0;
    for (double number : numbers) {
      sum += number;
    }
    return sum / numbers.length;
  }

  /** The standard deviation, with n - 1 in the denominator; NaN of fewer than two numbers. */
  public static double deviation(double... numbers) {
    double mean = mean(numbers);
    double sum = 0;
    for (double number : numbers) {
      sum += (number - mean) * (number - mean);
    }
    return Math.sqrt(sum / (numbers.length - 1)); // 0 / 0 of a single number.
  }

  /**
   * The 97.5 % quantile; beyond the table by the first two terms of its expansion around the normal
   * one's (Abramowitz and Stegun, 1964, 26.7.5), which is right to four digits there.
   *
   * @param degrees of freedom, at least 1
   */
  static double quantile(int degrees) {
    if (degrees <= QUANTILES.length) {
      return QUANTILES[degrees - 1];
    }
    double z = NORMAL;
    double cube = z * z * z;
    double first = (cube + z) / 4;
    double second = (5 * cube * z * z + 16 * cube + 3 * z) / 96;
    return z + first / degrees + second / ((double) degrees * degrees);
  }
}
