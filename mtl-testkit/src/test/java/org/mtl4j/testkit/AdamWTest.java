package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.mtl4j.core.optimizer.AdamW;

class AdamWTest extends OptimizerContractTest {
  private static final double RATE = 0.03;
  private static final double DECAY = 0.4;
  private static final double BETA1 = 0.8;
  private static final double BETA2 = 0.95;
  private static final double EPSILON = 1e-4;

  @Override
  protected AdamW optimizer() {
    return new AdamW(RATE, DECAY, BETA1, BETA2, EPSILON);
  }

  /** Loshchilov and Hutter, ICLR 2019, algorithm 2: the decay is outside of the moments. */
  @Override
  protected Rule denseRule(int size) {
    double[] m = new double[size];
    double[] v = new double[size];
    return (w, g, t) -> {
      double rate = RATE * Math.sqrt(1 - Math.pow(BETA2, t)) / (1 - Math.pow(BETA1, t));
      for (int i = 0; i < size; i++) {
        m[i] = BETA1 * m[i] + (1 - BETA1) * g[i];
        v[i] = BETA2 * v[i] + (1 - BETA2) * g[i] * g[i];
        w[i] -= RATE * DECAY * w[i] + rate * m[i] / (Math.sqrt(v[i]) + EPSILON);
      }
    };
  }

  @Override
  protected boolean shrinks() {
    return true;
  }

  @Test
  void aDecayThatWouldTurnSignsIsRefused() {
    assertThatThrownBy(() -> new AdamW(0.5, 2, BETA1, BETA2, EPSILON))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("weight_decay: expected a number below 1 / learning_rate, 2.0");
  }
}
