package org.mtl4j.testkit.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.DynamicWeightAverage;
import org.mtl4j.testkit.LossBalancingContractTest;
import org.mtl4j.testkit.balancing.BalancingHarness.Step;

class DynamicWeightAverageTest extends LossBalancingContractTest {
  @Override
  protected DynamicWeightAverage balancing() {
    return new DynamicWeightAverage(2, Optional.of(10));
  }

  private static double[] weights(double temperature, double... ratios) {
    double[] exp = Arrays.stream(ratios).map(r -> Math.exp(r / temperature)).toArray();
    double sum = Arrays.stream(exp).sum();
    return Arrays.stream(exp).map(e -> ratios.length * e / sum).toArray();
  }

  private static Step step(double... losses) {
    return Step.of(losses, new double[losses.length][BalancingHarness.SHARED]);
  }

  @Test
  void slowTasksCountMoreFromTheThirdEpochOn() {
    try (BalancingHarness harness =
        new BalancingHarness(new DynamicWeightAverage(2, Optional.empty()), Tasks.three())) {
      harness.take(step(1, 4, 2));
      harness.take(step(3, 4, 4).without(2));
      harness.endEpoch(); // means 2, 4, 2: the second batch does not speak about c
      assertThat(harness.take(step(1, 1, 1)).weights()).containsExactly(1, 1, 1);
      harness.endEpoch(); // means 1, 1, 1
      assertThat(harness.take(step(5, 5, 5).without(1)).weights())
          .containsExactly(weights(2, 0.5, 0.25, 0.5), within(1e-12));
      harness.endEpoch(); // 5, 1 as before, 5
      assertThat(harness.take(step(1, 1, 1)).weights())
          .containsExactly(weights(2, 5, 1, 5), within(1e-12));
    }
  }

  @Test
  void intervalsOfStepsDoNotCareForEpochs() {
    try (BalancingHarness harness =
        new BalancingHarness(new DynamicWeightAverage(1, Optional.of(2)), Tasks.three())) {
      harness.take(step(1, 2, 3));
      harness.endEpoch();
      harness.take(step(3, 2, 3)); // 2, 2, 3
      harness.take(step(1, 2, 3));
      assertThat(harness.take(step(1, 1, 1)).weights()).containsExactly(1, 1, 1); // 1, 1.5, 2
      assertThat(harness.take(step(1, 1, 1)).weights())
          .containsExactly(weights(1, 1 / 2.0, 1.5 / 2, 2 / 3.0), within(1e-12));
    }
  }
}
