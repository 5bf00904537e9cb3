package org.mtl4j.models.star;

import java.util.Arrays;

/** Of so many numbers their mean and biased variance. */
record PlainMoments(double rows, double mean, double variance) {
  static PlainMoments of(double... values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0);
    return new PlainMoments(values.length, mean, variance);
  }

  PlainMoments times(double share) {
    return new PlainMoments(rows * share, mean, variance);
  }

  /** Of these numbers and others. */
  PlainMoments with(PlainMoments other) {
    double all = rows + other.rows;
    if (all == 0) {
      return this;
    }
    double both = (rows * mean + other.rows * other.mean) / all;
    double squares = rows * (variance + (mean - both) * (mean - both));
    double others = other.rows * (other.variance + (other.mean - both) * (other.mean - both));
    return new PlainMoments(all, both, (squares + others) / all);
  }

  /** With as many of others as are missing of 32. */
  PlainMoments filledUp(PlainMoments others) {
    return with(new PlainMoments(Math.max(0, 32 - rows), others.mean, others.variance));
  }
}
