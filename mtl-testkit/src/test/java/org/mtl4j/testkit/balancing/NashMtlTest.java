package org.mtl4j.testkit.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.NashMtl;
import org.mtl4j.testkit.LossBalancingContractTest;
import org.mtl4j.testkit.TestSeed;

class NashMtlTest extends LossBalancingContractTest {
  @Override
  protected NashMtl balancing() {
    return new NashMtl();
  }

  /** G a = 1 / a up to one factor, which scales a to a mean of 1. */
  @Test
  void weightsSolveTheBargain() {
    GramCases.check(
        new NashMtl(),
        (gradients, weights) -> {
          assertThat(Arrays.stream(weights).average().orElseThrow()).isCloseTo(1, within(1e-9));
          double[] step = GramCases.sum(gradients, weights);
          double[] products = new double[weights.length];
          double opposed = 1;
          for (int t = 0; t < weights.length; t++) {
            assertThat(weights[t]).isPositive();
            products[t] = weights[t] * Tasks.dot(gradients[t], step);
            opposed =
                Math.min(
                    opposed,
                    GramCases.length(step) / (weights[t] * GramCases.length(gradients[t])));
          }
          // Without any direction that helps all, the ridge decides and there is nothing to share.
          if (opposed > 1e-3) {
            double mean = Arrays.stream(products).average().orElseThrow();
            for (double product : products) {
              assertThat(product)
                  .as("seed %d", TestSeed.value())
                  .isCloseTo(mean, within(1e-4 * mean));
            }
          }
        });
  }

  @Test
  void orthogonalGradientsCountByTheirLength() {
    double[][] gradients = {{2, 0, 0, 0, 0}, {0, 0.5, 0, 0, 0}, {0, 0, 0, 0, 10}};
    try (BalancingHarness harness = new BalancingHarness(new NashMtl(), Tasks.three())) {
      double[] weights =
          harness.take(BalancingHarness.Step.of(new double[] {1, 1, 1}, gradients)).weights();
      // 1/2, 2 and 1/10, of mean 2.6 / 3.
      assertThat(weights)
          .containsExactly(new double[] {1.5 / 2.6, 6 / 2.6, 0.3 / 2.6}, within(1e-6));
    }
  }
}
