package org.mtl4j.data.simulator;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.mtl4j.core.provenance.Seed;

/**
 * Random draws that are the same on every machine and Java version: {@link SplittableRandom}'s bits
 * are specified, and {@link StrictMath} does the rest.
 */
final class Draws {
  private final SplittableRandom random;

  Draws(Seed seed) {
    this.random = seed.random();
  }

  /** A number of [0, 1). */
  double uniform() {
    return random.nextDouble();
  }

  /** A whole number of [low, high). */
  int between(int low, int high) {
    return low + (int) (uniform() * (high - low));
  }

  /** A standard normal number, by Box and Muller's transform. */
  double gaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
    return radius * StrictMath.cos(2 * StrictMath.PI * uniform());
  }

  /** Independent standard normal numbers. */
  double[] gaussians(int count) {
    double[] values = new double[count];
    Arrays.setAll(values, i -> gaussian());
    return values;
  }

  /** True with the probability given. */
  boolean chance(double probability) {
    return uniform() < probability;
  }

  /**
   * A position among the first n, drawn in proportion to weights.
   *
   * @param cumulative running sums of the weights
   * @param n how many take part
   */
  int pick(double[] cumulative, int n) {
    int found = Arrays.binarySearch(cumulative, 0, n, uniform() * cumulative[n - 1]);
    return Math.min(n - 1, found < 0 ? -found - 1 : found + 1);
  }

  /** Running sums. */
  static double[] cumulative(double... weights) {
    double[] sums = weights.clone();
    for (int i = 1; i < sums.length; i++) {
      sums[i] += sums[i - 1];
    }
    return sums;
  }
}
