package org.mtl4j.testkit.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.UncertaintyWeights;
import org.mtl4j.testkit.LossBalancingContractTest;
import org.mtl4j.testkit.TestSeed;
import org.mtl4j.testkit.balancing.BalancingHarness.Step;
import org.mtl4j.testkit.balancing.BalancingHarness.Taken;

class UncertaintyWeightsTest extends LossBalancingContractTest {
  @Override
  protected UncertaintyWeights balancing() {
    return new UncertaintyWeights(0.001);
  }

  /** Adam in plain arrays on s, losses and presence drawn anew each step. */
  @Test
  void weightsFollowTheFormula() {
    Random random = TestSeed.random();
    double rate = 0.01;
    double[] s = new double[3];
    double[] scale = {1, 0.5, 1};
    PlainAdam adam = new PlainAdam(rate, 3);
    try (BalancingHarness harness =
        new BalancingHarness(new UncertaintyWeights(rate), Tasks.three())) {
      for (int i = 0; i < 30; i++) {
        Step step = Tasks.random(random, 3);
        step = i % 4 == 3 ? step.without(i % 3) : step;
        Taken taken = harness.take(step);
        double[] slopes = new double[3];
        double shown = 0;
        for (int t = 0; t < 3; t++) {
          double weight = scale[t] * Math.exp(-s[t]);
          assertThat(taken.weights()[t]).isCloseTo(weight, within(1e-12));
          double loss = step.present()[t] * step.losses()[t];
          shown += weight * loss + step.present()[t] * s[t] / 2;
          slopes[t] = step.present()[t] / 2 - weight * loss;
        }
        assertThat(taken.loss()).isCloseTo(shown, within(1e-12));
        assertThat(taken.shared()).containsExactly(Tasks.sum(step, taken.weights()), within(1e-12));
        adam.step(s, slopes);
      }
    }
  }

  /** Where nothing else moves, exp(s) comes to 2 c L: the variance of the errors. */
  @Test
  void constantLossesGiveTheirVariance() {
    double[] losses = {0.2, 0.2, 3};
    Step step = Step.of(losses, new double[3][BalancingHarness.SHARED]);
    try (BalancingHarness harness =
        new BalancingHarness(new UncertaintyWeights(0.02), Tasks.three())) {
      Taken taken = harness.take(step);
      for (int i = 0; i < 2000; i++) {
        taken = harness.take(step);
      }
      assertThat(taken.weights())
          .containsExactly(new double[] {1 / 0.4, 0.5 / 0.2, 1 / 6.0}, within(1e-4));
    }
  }
}
