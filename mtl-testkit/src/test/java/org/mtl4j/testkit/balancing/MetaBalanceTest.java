package org.mtl4j.testkit.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.MetaBalance;
import org.mtl4j.core.balancing.MetaBalance.Adjust;
import org.mtl4j.testkit.LossBalancingContractTest;
import org.mtl4j.testkit.TestSeed;
import org.mtl4j.testkit.balancing.BalancingHarness.Step;
import org.mtl4j.testkit.balancing.BalancingHarness.Taken;

class MetaBalanceTest extends LossBalancingContractTest {
  @Override
  protected MetaBalance balancing() {
    return new MetaBalance("click", 0.7, 0.9, Adjust.BOTH);
  }

  private static double factor(Adjust adjust, double target, double own, double relax) {
    double ratio = target > 0 && own > 0 ? target / own : 1;
    double chosen =
        switch (adjust) {
          case LONGER -> Math.min(1, ratio);
          case SHORTER -> Math.max(1, ratio);
          case BOTH -> ratio;
        };
    return relax * chosen + 1 - relax;
  }

  @Test
  void gradientsFollowTheFormulaTensorByTensor() {
    Random random = TestSeed.random();
    int[][] parts = {
      {0, BalancingHarness.FIRST}, {BalancingHarness.FIRST, BalancingHarness.SHARED}
    };
    for (Adjust adjust : Adjust.values()) {
      double[][] lengths = new double[2][3];
      try (BalancingHarness harness =
          new BalancingHarness(new MetaBalance("b", 0.7, 0.8, adjust), Tasks.three())) {
        for (int i = 0; i < 12; i++) {
          Step step = Tasks.random(random, 3);
          step = i % 5 == 4 ? step.without(i % 3) : step;
          zeroParallelOrOpposed(step.gradients(), i);
          double[] expected = new double[BalancingHarness.SHARED];
          for (int part = 0; part < 2; part++) {
            for (int t = 0; t < 3; t++) {
              double square = 0;
              for (int e = parts[part][0]; e < parts[part][1]; e++) {
                square += step.gradients()[t][e] * step.gradients()[t][e];
              }
              if (step.present()[t] > 0) {
                lengths[part][t] = 0.8 * lengths[part][t] + 0.2 * Math.sqrt(square);
              }
            }
            for (int t = 0; t < 3; t++) {
              double factor = factor(adjust, lengths[part][1], lengths[part][t], 0.7);
              for (int e = parts[part][0]; e < parts[part][1]; e++) {
                expected[e] += step.present()[t] * factor * step.gradients()[t][e];
              }
            }
          }
          Taken taken = harness.take(step);
          assertThat(taken.shared())
              .as("%s, step %d, seed %d", adjust, i, TestSeed.value())
              .containsExactly(expected, within(1e-11));
          assertThat(taken.own()).containsExactly(step.present());
        }
      }
    }
  }

  /** Now and then a gradient of nothing, of another's direction or of the opposite one. */
  private static void zeroParallelOrOpposed(double[][] gradients, int step) {
    int task = step % 3;
    double factor = step % 4 == 1 ? 0 : step % 4 == 2 ? 3 : -0.5;
    if (step % 4 > 0) {
      gradients[task] = Arrays.stream(gradients[(task + 1) % 3]).map(x -> factor * x).toArray();
    }
  }

  @Test
  void targetThatIsNoTaskIsRefused() {
    assertThatThrownBy(() -> new MetaBalance("d", 1, 0, Adjust.BOTH).check(List.of("a", "b")))
        .hasMessage("target: expected names of tasks, found \"d\"; the tasks are [a, b]");
    assertThatThrownBy(() -> new MetaBalance("a", 1.5, 0, Adjust.BOTH))
        .hasMessage("relax: expected a number from 0 to 1, found 1.5");
  }
}
