package org.mtl4j.data.fit;

/**
 * Weighted mean, spread and range of numbers, in one pass: D. H. D. West, "Updating mean and
 * variance estimates: an improved method", Communications of the ACM 22 (1979).
 */
final class Moments {
  private double weight;
  private double mean;
  private double squares;
  private double least = Double.POSITIVE_INFINITY;
  private double greatest = Double.NEGATIVE_INFINITY;

  void add(double value) {
    add(value, 1);
  }

  /** Adds a value of a weight of at least 0; one of weight 0 changes nothing. */
  void add(double value, double valueWeight) {
    if (valueWeight == 0) {
      return;
    }
    weight += valueWeight;
    double step = (value - mean) * (valueWeight / weight);
    squares += valueWeight * (value - mean) * (value - mean - step);
    mean += step;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }

  boolean isEmpty() {
    return weight == 0;
  }

  /** Whether all values are the same. */
  boolean isConstant() {
    return least == greatest;
  }

  double mean() {
    return mean;
  }

  /** Of the population: divided by the sum of weights. */
  double deviation() {
    return Math.sqrt(squares / weight);
  }

  double least() {
    return least;
  }

  double greatest() {
    return greatest;
  }
}
