package org.mtl4j.testkit;

import java.util.Arrays;

/**
 * Adagrad in plain Java: Duchi, Hazan and Singer, JMLR 12, 2011, diagonal form, with an accumulator
 * for each element or one for all of a row.
 */
record AdagradRule(double rate, double start, double epsilon) {
  /** An accumulator for each element: the sum of its squared gradients. */
  OptimizerContractTest.Rule ofElements(int size) {
    double[] sums = new double[size];
    Arrays.fill(sums, start);
    return (w, g, t) -> {
      for (int i = 0; i < size; i++) {
        sums[i] += g[i] * g[i];
        w[i] -= rate * g[i] / (Math.sqrt(sums[i]) + epsilon);
      }
    };
  }

  /** One accumulator: the sum of the row's mean squared gradients. */
  OptimizerContractTest.Rule ofRow(int width) {
    double[] sum = {start};
    return (w, g, t) -> {
      sum[0] += Arrays.stream(g).map(x -> x * x).average().orElseThrow();
      for (int i = 0; i < width; i++) {
        w[i] -= rate * g[i] / (Math.sqrt(sum[0]) + epsilon);
      }
    };
  }
}
