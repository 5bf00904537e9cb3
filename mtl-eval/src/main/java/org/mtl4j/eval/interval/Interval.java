package org.mtl4j.eval.interval;

import java.util.Locale;

/**
 * Where a figure lies that was measured on a sample of rows: with 95 samples of 100, the interval
 * that is made of the sample holds the figure of all rows that the sample could have been drawn
 * from. It says nothing of another training run, nor of rows of another time.
 *
 * @param low the lower bound, in the figure's unit
 * @param high the upper bound, in the figure's unit
 * @param level the share of samples whose interval holds the figure, here 0.95
 * @param method how it was found
 */
public record Interval(double low, double high, double level, Method method) {
  /** The level of every interval that MTL4J gives. */
  public static final double LEVEL = 0.95;

  /** How an interval was found. */
  public enum Method {
    /** DeLong's variance of an AUC and the normal distribution; rows are independent. */
    DELONG,
    /** The same where the rows of a group go together (Obuchowski 1997). */
    CLUSTERED_DELONG,
    /** Rows are drawn anew, with replacement. */
    BOOTSTRAP,
    /** Groups are drawn anew, with replacement, each with all of its rows. */
    GROUP_BOOTSTRAP,
    /** The mean of independent repeats on the same rows, by Student's distribution. */
    REPEATS;

    /** As files and answers have it: {@code group_bootstrap}. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if they are not finite or not in order, or the level is not
   *     between 0 and 1
   */
  public Interval {
    if (!(low <= high) || !Double.isFinite(low) || !Double.isFinite(high)) {
      throw new IllegalArgumentException(
          "expected finite bounds in order, found " + low + " and " + high);
    }
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("expected a level between 0 and 1, found " + level);
    }
  }
}
