package org.mtl4j.testkit;

import org.mtl4j.core.optimizer.Adam;

class AdamTest extends OptimizerContractTest {
  private static final double RATE = 0.03;
  private static final double BETA1 = 0.8;
  private static final double BETA2 = 0.95;
  private static final double EPSILON = 1e-4;

  @Override
  protected Adam optimizer() {
    return new Adam(RATE, BETA1, BETA2, EPSILON);
  }

  /** Kingma and Ba, ICLR 2015, end of section 2. */
  @Override
  protected Rule denseRule(int size) {
    double[] m = new double[size];
    double[] v = new double[size];
    return (w, g, t) -> {
      double rate = RATE * Math.sqrt(1 - Math.pow(BETA2, t)) / (1 - Math.pow(BETA1, t));
      for (int i = 0; i < size; i++) {
        m[i] = BETA1 * m[i] + (1 - BETA1) * g[i];
        v[i] = BETA2 * v[i] + (1 - BETA2) * g[i] * g[i];
        w[i] -= rate * m[i] / (Math.sqrt(v[i]) + EPSILON);
      }
    };
  }
}
