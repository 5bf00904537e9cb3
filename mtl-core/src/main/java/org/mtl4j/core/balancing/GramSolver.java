package org.mtl4j.core.balancing;

import java.util.SplittableRandom;

/** From the inner products of the tasks' gradients to the weight of each. */
@FunctionalInterface
interface GramSolver {
  /**
   * Solves.
   *
   * @param gram [n][n] inner products, symmetric, of n tasks that have a gradient: n at least 1,
   *     the diagonal above 0
   * @param random of the step
   * @return n weights
   */
  double[] weights(double[][] gram, SplittableRandom random);
}
