package org.mtl4j.testkit.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.DecayingWeights;
import org.mtl4j.testkit.LossBalancingContractTest;
import org.mtl4j.testkit.balancing.BalancingHarness.Step;
import org.mtl4j.testkit.balancing.BalancingHarness.Taken;

class DecayingWeightsTest extends LossBalancingContractTest {
  @Override
  protected DecayingWeights balancing() {
    return new DecayingWeights(Map.of("click", 0.99), Optional.of(1));
  }

  @Test
  void fadesByStepsOrByEpochs() {
    Step step = Tasks.random(new Random(1), 3);
    Map<String, Double> factors = Map.of("a", 0.5, "c", 0.1);
    try (BalancingHarness by =
        new BalancingHarness(new DecayingWeights(factors, Optional.of(2)), Tasks.three())) {
      assertThat(by.take(step).weights()).containsExactly(1, 1, 1);
      assertThat(by.take(step).weights()).containsExactly(1, 1, 1);
      Taken third = by.take(step);
      assertThat(third.weights()).containsExactly(new double[] {0.5, 1, 0.1}, within(1e-15));
      assertThat(third.shared())
          .containsExactly(Tasks.sum(step, new double[] {0.5, 1, 0.1}), within(1e-15));
      assertThat(third.own()).containsExactly(new double[] {0.5, 1, 0.1}, within(1e-15));
      by.endEpoch();
      by.take(step);
      assertThat(by.take(step).weights())
          .containsExactly(new double[] {0.25, 1, 0.01}, within(1e-15));
    }
    try (BalancingHarness by =
        new BalancingHarness(new DecayingWeights(factors, Optional.empty()), Tasks.three())) {
      by.take(step);
      by.take(step);
      assertThat(by.take(step).weights()).containsExactly(1, 1, 1);
      by.endEpoch();
      assertThat(by.take(step).weights())
          .containsExactly(new double[] {0.5, 1, 0.1}, within(1e-15));
    }
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new DecayingWeights(Map.of("a", 1.5), Optional.empty()))
        .hasMessage("factors: expected a number above 0 and at most 1 for a, found 1.5");
    assertThatThrownBy(() -> new DecayingWeights(Map.of(), Optional.of(0)))
        .hasMessage("every: expected a number of steps of at least 1, found 0");
    assertThatThrownBy(
            () ->
                new DecayingWeights(Map.of("clik", 0.5), Optional.empty())
                    .check(List.of("click", "buy")))
        .hasMessage("factors: expected names of tasks, found \"clik\"; the tasks are [click, buy]");
  }
}
