package org.mtl4j.testkit.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.GradNorm;
import org.mtl4j.testkit.LossBalancingContractTest;
import org.mtl4j.testkit.TestSeed;
import org.mtl4j.testkit.balancing.BalancingHarness.Step;
import org.mtl4j.testkit.balancing.BalancingHarness.Taken;

class GradNormTest extends LossBalancingContractTest {
  @Override
  protected GradNorm balancing() {
    return new GradNorm(1.5, 0.025);
  }

  @Test
  void weightsFollowTheFormula() {
    Random random = TestSeed.random();
    double alpha = 1.2;
    double rate = 0.05;
    double[] w = {1, 1, 1};
    double[] first = new double[3];
    PlainAdam adam = new PlainAdam(rate, 3);
    try (BalancingHarness harness =
        new BalancingHarness(new GradNorm(alpha, rate), Tasks.three())) {
      for (int i = 0; i < 20; i++) {
        Step step = Tasks.random(random, 3);
        step = i % 4 == 1 ? step.without(i % 3) : step;
        if (i % 5 == 3) {
          // A task that gains nothing, and one that is opposed to another.
          step.gradients()[i % 3] = new double[BalancingHarness.SHARED];
          step.gradients()[(i + 1) % 3] =
              Arrays.stream(step.gradients()[(i + 2) % 3]).map(x -> -2 * x).toArray();
        }
        Taken taken = harness.take(step);
        assertThat(taken.weights())
            .as("step %d, seed %d", i, TestSeed.value())
            .containsExactly(w, within(1e-9));
        assertThat(taken.shared()).containsExactly(Tasks.sum(step, w), within(1e-9));
        double n = Arrays.stream(step.present()).sum();
        double meanNorm = 0;
        double meanProgress = 0;
        double[] lengths = new double[3];
        for (int t = 0; t < 3; t++) {
          if (step.present()[t] > 0) {
            first[t] = first[t] == 0 ? step.losses()[t] : first[t];
            lengths[t] = Math.sqrt(Tasks.dot(step.gradients()[t], step.gradients()[t]));
            meanNorm += w[t] * lengths[t] / n;
            meanProgress += step.losses()[t] / first[t] / n;
          }
        }
        double[] slopes = new double[3];
        for (int t = 0; t < 3; t++) {
          if (step.present()[t] > 0) {
            double target = meanNorm * Math.pow(step.losses()[t] / first[t] / meanProgress, alpha);
            slopes[t] = Math.signum(w[t] * lengths[t] - target) * lengths[t];
          }
        }
        adam.step(w, slopes);
        double sum = Arrays.stream(w).map(x -> Math.max(x, 1e-3)).sum();
        w = Arrays.stream(w).map(x -> Math.max(x, 1e-3) * 3 / sum).toArray();
      }
    }
  }
}
