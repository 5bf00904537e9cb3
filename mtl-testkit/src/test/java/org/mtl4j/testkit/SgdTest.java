package org.mtl4j.testkit;

import org.mtl4j.core.optimizer.Sgd;

class SgdTest extends OptimizerContractTest {
  private static final double RATE = 0.05;
  private static final double MOMENTUM = 0.7;

  @Override
  protected Sgd optimizer() {
    return new Sgd(RATE, MOMENTUM);
  }

  /** Polyak's heavy ball in the form of Sutskever and others, ICML 2013. */
  @Override
  protected Rule denseRule(int size) {
    double[] velocity = new double[size];
    return (w, g, t) -> {
      for (int i = 0; i < size; i++) {
        velocity[i] = MOMENTUM * velocity[i] + g[i];
        w[i] -= RATE * velocity[i];
      }
    };
  }
}
