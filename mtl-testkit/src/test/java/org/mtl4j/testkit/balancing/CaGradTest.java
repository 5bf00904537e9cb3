package org.mtl4j.testkit.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.CaGrad;
import org.mtl4j.testkit.LossBalancingContractTest;
import org.mtl4j.testkit.TestSeed;

class CaGradTest extends LossBalancingContractTest {
  @Override
  protected CaGrad balancing() {
    return new CaGrad(0.5);
  }

  /**
   * The direction is in the ball, and no other direction of it is better for the task it is worst
   * for.
   */
  @Test
  void stepIsBestForTheTaskThatGainsLeast() {
    double c = 0.6;
    Random random = TestSeed.random();
    GramCases.check(
        new CaGrad(c),
        (gradients, weights) -> {
          int n = weights.length;
          double[] mean = GramCases.sum(gradients, equal(n, 1.0 / n));
          double radius = c * GramCases.length(mean);
          double[] step =
              GramCases.sum(gradients, Arrays.stream(weights).map(w -> w * (1 + c) / n).toArray());
          assertThat(distance(step, mean)).isLessThanOrEqualTo(radius * (1 + 1e-6));
          double worst = worst(gradients, step);
          double scale = Arrays.stream(gradients).mapToDouble(GramCases::length).max().orElse(1);
          for (int i = 0; i < 300; i++) {
            double[] other = random.doubles(step.length, -1, 1).toArray();
            double stretch = radius / GramCases.length(other);
            // Near the step and far away.
            double near = i % 2 == 0 ? 1 : 1e-3;
            for (int k = 0; k < other.length; k++) {
              other[k] = (1 - near) * (step[k] - mean[k]) + near * other[k] * stretch;
            }
            double length = Math.max(GramCases.length(other), 1e-300);
            for (int k = 0; k < other.length; k++) {
              other[k] = mean[k] + other[k] * Math.min(1, radius / length);
            }
            assertThat(worst(gradients, other))
                .as("seed %d", TestSeed.value())
                .isLessThanOrEqualTo(worst + 1e-7 * scale * (radius + 1));
          }
        });
  }

  @Test
  void tasksThatAgreeMoveAsWithoutBalancing() {
    double[] g = {1, 2, 3, 4, 5};
    try (BalancingHarness harness = new BalancingHarness(new CaGrad(0.5), Tasks.three())) {
      double[][] gradients = {g, g, g};
      double[] shared =
          harness.take(BalancingHarness.Step.of(new double[] {1, 1, 1}, gradients)).shared();
      assertThat(shared).containsExactly(Arrays.stream(g).map(x -> 3 * x).toArray(), within(1e-9));
    }
  }

  private static double[] equal(int n, double value) {
    double[] array = new double[n];
    Arrays.fill(array, value);
    return array;
  }

  private static double distance(double[] x, double[] y) {
    double[] difference = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      difference[i] = x[i] - y[i];
    }
    return GramCases.length(difference);
  }

  private static double worst(double[][] gradients, double[] step) {
    return Arrays.stream(gradients).mapToDouble(g -> Tasks.dot(g, step)).min().orElseThrow();
  }
}
