package org.mtl4j.testkit.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.MetaWeights;
import org.mtl4j.testkit.LossBalancingContractTest;
import org.mtl4j.testkit.TestSeed;
import org.mtl4j.testkit.balancing.BalancingHarness.Step;
import org.mtl4j.testkit.balancing.BalancingHarness.Taken;

class MetaWeightsTest extends LossBalancingContractTest {
  @Override
  protected MetaWeights balancing() {
    return new MetaWeights(0.25, 0.01, 0.001);
  }

  /** n softmax over the tasks that are there. */
  private static double[] weights(double[] logits, double[] present) {
    double[] w = new double[logits.length];
    for (int t = 0; t < w.length; t++) {
      w[t] = present[t] * Math.exp(logits[t]);
    }
    double sum = Arrays.stream(w).sum();
    double n = Arrays.stream(present).sum();
    return Arrays.stream(w).map(x -> n * x / sum).toArray();
  }

  /**
   * The held-out losses after a step of descent of rate 1 from 0, where each loss is linear: its
   * own number has a slope of 1 in the task's own loss, held out or not.
   */
  private static double heldOut(double[] logits, Step step) {
    double[] w = weights(logits, step.present());
    double loss = 0;
    for (int v = 0; v < w.length; v++) {
      for (int t = 0; t < w.length; t++) {
        double product = Tasks.dot(step.held()[v], step.gradients()[t]) + (v == t ? 1 : 0);
        loss -= step.present()[v] * step.present()[t] * w[t] * product;
      }
    }
    return loss;
  }

  private static double slope(double[] logits, Step step, int task) {
    double[] up = logits.clone();
    double[] down = logits.clone();
    up[task] += 1e-5;
    down[task] -= 1e-5;
    return (heldOut(up, step) - heldOut(down, step)) / 2e-5;
  }

  /** What the slopes are divided by: n times the sum of |grad(V) . grad(L)|. */
  private static double scale(Step step) {
    double n = Arrays.stream(step.present()).sum();
    double sum = 0;
    for (int t = 0; t < step.present().length; t++) {
      double product = 1;
      for (int v = 0; v < step.present().length; v++) {
        product += step.present()[v] * Tasks.dot(step.held()[v], step.gradients()[t]);
      }
      sum += step.present()[t] * Math.abs(product);
    }
    return n * sum;
  }

  @Test
  void weightsGoDownTheHeldOutLossByFiniteDifferences() {
    Random random = TestSeed.random();
    double rate = 0.1;
    double decay = 0.01;
    double[] logits = new double[3];
    PlainAdam adam = new PlainAdam(rate, 3);
    try (BalancingHarness harness =
        new BalancingHarness(new MetaWeights(0.5, rate, decay), Tasks.three())) {
      for (int i = 0; i < 20; i++) {
        Step step = Tasks.random(random, 3).withHeld(Tasks.random(random, 3).gradients());
        step = i % 4 == 2 ? step.without(i % 3) : step;
        if (i % 5 == 4) {
          step.gradients()[0] = new double[BalancingHarness.SHARED];
          step.gradients()[1] = Arrays.stream(step.held()[2]).map(x -> -x).toArray();
        }
        Taken taken = harness.take(step);
        assertThat(taken.weights())
            .as("step %d, seed %d", i, TestSeed.value())
            .containsExactly(weights(logits, step.present()), within(1e-6));
        assertThat(taken.shared()).containsExactly(Tasks.sum(step, taken.weights()), within(1e-9));
        double[] slopes = new double[3];
        for (int t = 0; t < 3; t++) {
          slopes[t] = slope(logits, step, t) / scale(step) + decay * logits[t];
        }
        adam.step(logits, slopes);
      }
    }
  }

  /** Held-out rows of all tasks agree with the first task alone, and the second speaks against. */
  @Test
  void taskThatHelpsOnHeldOutRowsGainsWeight() {
    double[] g = {1, 2, 0, 0, 0};
    double[][] gradients = {g, Arrays.stream(g).map(x -> -x).toArray(), {0, 0, 1, 0, 0}};
    Step step =
        Step.of(new double[] {1, 1, 1}, gradients).withHeld(new double[][] {g, g, {0, 0, 1, 0, 0}});
    try (BalancingHarness harness =
        new BalancingHarness(new MetaWeights(0.25, 0.05, 0), Tasks.three())) {
      double[] weights = new double[3];
      for (int i = 0; i < 100; i++) {
        weights = harness.take(step).weights();
      }
      assertThat(weights[0]).isGreaterThan(2.5);
      assertThat(weights[1]).isLessThan(0.1);
      assertThat(Arrays.stream(weights).sum()).isCloseTo(3, within(1e-9));
    }
  }

  @Test
  void shareThatLeavesNothingToLearnFromIsRefused() {
    assertThatThrownBy(() -> new MetaWeights(0.6, 0.01, 0))
        .hasMessage("held_out: expected a number above 0 and at most 0.5, found 0.6");
    assertThatThrownBy(() -> new MetaWeights(0, 0.01, 0))
        .hasMessage("held_out: expected a number above 0 and at most 0.5, found 0.0");
  }
}
