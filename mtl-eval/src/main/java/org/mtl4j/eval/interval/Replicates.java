package org.mtl4j.eval.interval;

import java.util.Arrays;
import java.util.Optional;

/**
 * A figure's values over bootstrap replicates.
 *
 * @param figures [replicates]; NaN where it was not defined
 * @param method how rows were drawn
 */
record Replicates(double[] figures, Interval.Method method) {
  /** With fewer, what lies outside of 2.5 % is a matter of single draws. */
  private static final int LEAST = 100;

  /** A figure that is often not defined says little by the samples where it is. */
  private static final double DEFINED_SHARE = 0.9;

  /**
   * The percentile interval: from the 2.5th to the 97.5th percentile of the replicates, between two
   * of them by linear interpolation. Empty where there are too few or all are equal: a figure that
   * no draw changes, an accuracy of 1 say, is not certain for that.
   */
  Optional<Interval> interval() {
    double[] sorted = defined();
    if (sorted.length == 0) {
      return Optional.empty();
    }
    Arrays.sort(sorted);
    double tail = (1 - Interval.LEVEL) / 2;
    double low = percentile(sorted, tail);
    double high = percentile(sorted, 1 - tail);
    return low < high
        ? Optional.of(new Interval(low, high, Interval.LEVEL, method))
        : Optional.empty();
  }

  /** Replicate by replicate the difference to another system's, which saw the same draws. */
  Replicates minus(Replicates other) {
    double[] differences = new double[figures.length];
    Arrays.setAll(differences, r -> figures[r] - other.figures[r]);
    return new Replicates(differences, method);
  }

  /** The standard deviation over the replicates; empty where there are too few. */
  Optional<Double> standardError() {
    double[] values = defined();
    if (values.length == 0) {
      return Optional.empty();
    }
    double mean = Arrays.stream(values).sum() / values.length;
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Optional.of(Math.sqrt(squares / (values.length - 1)));
  }

  private double[] defined() {
    double[] values = Arrays.stream(figures).filter(v -> !Double.isNaN(v)).toArray();
    return values.length >= Math.max(LEAST, DEFINED_SHARE * figures.length)
        ? values
        : new double[0];
  }

  private static double percentile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    double part = at - below;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + part * (sorted[above] - sorted[below]);
  }
}
