package org.mtl4j.eval.interval;

/**
 * How much more one system has of a figure than another, on the same rows.
 *
 * @param value the difference, in the figure's unit; its sign says who has more, not who is better
 * @param interval of the difference: the value and 1.96 standard errors to either side
 * @param pValue in [0, 1]: how likely a difference at least as large is where there is none (two
 *     sides, normal distribution)
 */
public record Difference(double value, Interval interval, double pValue) {
  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the p-value is not in [0, 1]
   */
  public Difference {
    if (!(pValue >= 0 && pValue <= 1)) {
      throw new IllegalArgumentException("expected a p-value in [0, 1], found " + pValue);
    }
  }

  /** Of a standard error, which is 0 only where both systems score all rows alike. */
  static Difference of(double value, double standardError, Interval.Method method) {
    double reach = Normal.Z975 * standardError;
    double p = standardError > 0 ? Normal.twoSided(value / standardError) : value == 0 ? 1 : 0;
    return new Difference(
        value, new Interval(value - reach, value + reach, Interval.LEVEL, method), p);
  }
}
