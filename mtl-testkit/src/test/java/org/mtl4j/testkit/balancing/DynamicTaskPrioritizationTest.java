package org.mtl4j.testkit.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.DynamicTaskPrioritization;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.LossBalancingContractTest;
import org.mtl4j.testkit.TestSeed;
import org.mtl4j.testkit.balancing.BalancingHarness.Step;
import org.mtl4j.testkit.balancing.BalancingHarness.Taken;

class DynamicTaskPrioritizationTest extends LossBalancingContractTest {
  @Override
  protected DynamicTaskPrioritization balancing() {
    return new DynamicTaskPrioritization(1, 0.1);
  }

  @Test
  void weightsFollowTheFormula() {
    Random random = TestSeed.random();
    double gamma = 1.5;
    double alpha = 0.3;
    double[] k = {-1, -1, -1};
    try (BalancingHarness harness =
        new BalancingHarness(new DynamicTaskPrioritization(gamma, alpha), Tasks.three())) {
      for (int i = 0; i < 20; i++) {
        Step step = Tasks.random(random, 3);
        step = i % 3 == 1 ? step.without(i % 2) : step;
        Taken taken = harness.take(step);
        for (int t = 0; t < 3; t++) {
          if (step.present()[t] > 0) {
            double kpi = Math.exp(-step.losses()[t]);
            k[t] = k[t] < 0 ? kpi : alpha * kpi + (1 - alpha) * k[t];
          }
          if (k[t] >= 0) {
            assertThat(taken.weights()[t])
                .as("task %d of step %d, seed %d", t, i, TestSeed.value())
                .isCloseTo(-Math.pow(1 - k[t], gamma) * Math.log(k[t]), within(1e-12));
          }
        }
        assertThat(taken.shared()).containsExactly(Tasks.sum(step, taken.weights()), within(1e-11));
      }
    }
  }

  @Test
  void performanceIsThatOfTheLossBeforeItsWeight() {
    List<Task> tasks = List.of(Tasks.task("a", new TaskType.Binary(List.of()), 4));
    try (BalancingHarness harness =
        new BalancingHarness(new DynamicTaskPrioritization(0, 1), tasks)) {
      // The objective is 4 times a mean loss of 0.7.
      Taken taken =
          harness.take(Step.of(new double[] {2.8}, new double[1][BalancingHarness.SHARED]));
      assertThat(taken.weights()[0]).isCloseTo(0.7, within(1e-12));
    }
  }
}
