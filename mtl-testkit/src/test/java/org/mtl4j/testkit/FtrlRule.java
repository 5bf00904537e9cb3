package org.mtl4j.testkit;

import java.util.Arrays;

/**
 * FTRL-Proximal as algorithm 1 of McMahan and others, KDD 2013, has it, with z for a slot. Weights
 * that do not begin at 0 are the minimum of the regulariser that the first accumulator stands for.
 */
record FtrlRule(double rate, double start, double l1, double l2) {
  OptimizerContractTest.Rule rule(int size) {
    double[] n = new double[size];
    double[] z = new double[size];
    Arrays.fill(n, start);
    Arrays.fill(z, Double.NaN);
    return (w, g, t) -> {
      for (int i = 0; i < size; i++) {
        if (Double.isNaN(z[i])) {
          z[i] = -Math.sqrt(start) / rate * w[i];
        }
        double sigma = (Math.sqrt(n[i] + g[i] * g[i]) - Math.sqrt(n[i])) / rate;
        z[i] += g[i] - sigma * w[i];
        n[i] += g[i] * g[i];
        w[i] =
            Math.abs(z[i]) <= l1
                ? 0
                : -(z[i] - Math.signum(z[i]) * l1) / (Math.sqrt(n[i]) / rate + l2);
      }
    };
  }
}
