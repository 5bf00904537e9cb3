package org.mtl4j.testkit;

import org.mtl4j.core.optimizer.Sgd;

class PlainSgdTest extends OptimizerContractTest {
  private static final double RATE = 0.05;

  @Override
  protected Sgd optimizer() {
    return new Sgd(RATE, 0);
  }

  @Override
  protected Rule denseRule(int size) {
    return (w, g, t) -> {
      for (int i = 0; i < size; i++) {
        w[i] -= RATE * g[i];
      }
    };
  }
}
