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

  /**
   * The bargain of two tasks is a / |g| of one length each, at any angle: G a = 1 / a says that
   * both a |g| solve x^2 + cosine x y = 1. Opposed tasks then stay where they are.
   */
  @Test
  void twoTasksCountByTheirLengthAtAnyAngle() {
    try (BalancingHarness harness =
        new BalancingHarness(new NashMtl(), Tasks.three().subList(0, 2))) {
      for (double cosine : new double[] {-1, -0.999999, -0.5, 0, 0.9, 1}) {
        double sine = Math.sqrt(1 - cosine * cosine);
        double[][] gradients = {{4, 0, 0, 0, 0}, {0.5 * cosine, 0.5 * sine, 0, 0, 0}};
        BalancingHarness.Taken taken =
            harness.take(BalancingHarness.Step.of(new double[] {1, 1}, gradients));
        // 1/4 and 1/0.5, of mean 1.125.
        assertThat(taken.weights())
            .as("cosine %s", cosine)
            .containsExactly(new double[] {0.25 / 1.125, 2 / 1.125}, within(1e-7));
        if (cosine == -1) {
          assertThat(taken.shared()).containsOnly(new double[5], within(1e-6));
        }
      }
    }
  }

  /** No step helps two opposed tasks, and a third at right angles to them is all that may move. */
  @Test
  void opposedTasksCancelBesideAThird() {
    double[][] gradients = {{1, 0, 0, 0, 0}, {-0.5, 0, 0, 0, 0}, {0, 2, 0, 0, 0}};
    try (BalancingHarness harness = new BalancingHarness(new NashMtl(), Tasks.three())) {
      BalancingHarness.Taken taken =
          harness.take(BalancingHarness.Step.of(new double[] {1, 1, 1}, gradients));
      assertThat(taken.weights()[1]).isCloseTo(2 * taken.weights()[0], within(1e-6));
      assertThat(taken.shared()[0]).isCloseTo(0, within(1e-6));
      assertThat(taken.shared()[1]).isBetween(0.0, 1e-3);
    }
  }
}
