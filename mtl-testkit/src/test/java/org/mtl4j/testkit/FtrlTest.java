package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.optimizer.Ftrl;

class FtrlTest extends OptimizerContractTest {
  private static final FtrlRule RULE = new FtrlRule(0.3, 0.1, 0.5, 0.2);

  @Override
  protected Ftrl optimizer() {
    return new Ftrl(RULE.rate(), RULE.start(), RULE.l1(), RULE.l2());
  }

  @Override
  protected Rule denseRule(int size) {
    return RULE.rule(size);
  }

  @Override
  protected boolean shrinks() {
    return true;
  }

  @Test
  void weightsWhoseGradientsAreSmallAreExactlyZero() {
    try (OptimizerHarness harness = new OptimizerHarness(optimizer())) {
      harness.start(new double[OptimizerHarness.DENSE], new double[OptimizerHarness.TABLE_SIZE]);
      double[] gradient = new double[OptimizerHarness.DENSE];
      Arrays.fill(gradient, 0.4);
      gradient[0] = 0.6;
      int[] ids = {0, 0, 0, 0, 0};
      harness.take(new OptimizerHarness.Step(1, gradient, ids, new double[15]));
      double[] after = harness.dense();
      assertThat(after[0]).isNegative();
      assertThat(Arrays.copyOfRange(after, 1, after.length)).containsOnly(0);
    }
  }
}
