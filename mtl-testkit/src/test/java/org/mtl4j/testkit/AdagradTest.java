package org.mtl4j.testkit;

import java.util.Arrays;
import org.mtl4j.core.optimizer.Adagrad;

class AdagradTest extends OptimizerContractTest {
  private static final double RATE = 0.3;
  private static final double START = 0.1;
  private static final double EPSILON = 1e-3;

  @Override
  protected Adagrad optimizer() {
    return new Adagrad(RATE, START, EPSILON);
  }

  /** Duchi, Hazan and Singer, JMLR 12, 2011, diagonal form. */
  @Override
  protected Rule denseRule(int size) {
    double[] sum = new double[size];
    Arrays.fill(sum, START);
    return (w, g, t) -> {
      for (int i = 0; i < size; i++) {
        sum[i] += g[i] * g[i];
        w[i] -= RATE * g[i] / (Math.sqrt(sum[i]) + EPSILON);
      }
    };
  }
}
