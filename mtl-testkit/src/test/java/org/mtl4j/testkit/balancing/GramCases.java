package org.mtl4j.testkit.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.mtl4j.core.balancing.LossBalancing;
import org.mtl4j.testkit.TestSeed;
import org.mtl4j.testkit.balancing.BalancingHarness.Step;
import org.mtl4j.testkit.balancing.BalancingHarness.Taken;

/** Gradients that go together in the ways that matter, for methods that weigh by their products. */
final class GramCases {
  private static final double[] G = {1, -2, 0.5, 3, 0.25};

  private GramCases() {}

  private static Step of(double[]... gradients) {
    double[] losses = new double[gradients.length];
    Arrays.fill(losses, 1);
    return Step.of(losses, gradients);
  }

  private static double[] times(double factor, double[] vector) {
    return Arrays.stream(vector).map(x -> factor * x).toArray();
  }

  /** Random gradients, short and long ones, two opposed, some parallel, one absent. */
  static List<Step> all(Random random) {
    double[] other = random.doubles(BalancingHarness.SHARED, -1, 1).toArray();
    double[] third = random.doubles(BalancingHarness.SHARED, -1, 1).toArray();
    return List.of(
        of(G, other, third),
        of(times(1000, G), other, times(0.001, third)),
        of(G, times(-0.5, G), other),
        of(times(2, G), G, times(3, G)),
        of(G, other, third).without(1),
        of(G, times(-1, other), third));
  }

  /**
   * Looks at what a method does in each case.
   *
   * @param check of the gradients of the tasks that are there and their weights
   */
  static void check(LossBalancing method, BiConsumer<double[][], double[]> check) {
    Random random = TestSeed.random();
    try (BalancingHarness harness = new BalancingHarness(method, Tasks.three())) {
      for (int round = 0; round < 20; round++) {
        for (Step step : all(random)) {
          Taken taken = harness.take(step);
          double[] expected = Tasks.sum(step, taken.weights());
          double size = Math.sqrt(Tasks.dot(expected, expected)) + 1;
          assertThat(taken.shared())
              .as("seed %d", TestSeed.value())
              .containsExactly(expected, within(1e-9 * size));
          assertThat(taken.own()).containsExactly(step.present());
          int[] there = IntStream.range(0, 3).filter(t -> step.present()[t] > 0).toArray();
          check.accept(
              Arrays.stream(there).mapToObj(t -> step.gradients()[t]).toArray(double[][]::new),
              Arrays.stream(there).mapToDouble(t -> taken.weights()[t]).toArray());
        }
      }
      Step zero = of(G, new double[BalancingHarness.SHARED], G).without(0).without(2);
      assertThat(harness.take(zero).shared()).containsOnly(0);
      // One task alone is followed as it is; so is one whose only companion has no gradient.
      assertThat(harness.take(of(G, G, G).without(0).without(1)).shared())
          .containsExactly(G, within(1e-12));
      assertThat(harness.take(of(G, new double[BalancingHarness.SHARED], G).without(2)).shared())
          .containsExactly(G, within(1e-12));
    }
  }

  static double[] sum(double[][] gradients, double[] weights) {
    double[] sum = new double[gradients[0].length];
    for (int t = 0; t < weights.length; t++) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += weights[t] * gradients[t][i];
      }
    }
    return sum;
  }

  static double length(double[] vector) {
    return Math.sqrt(Tasks.dot(vector, vector));
  }
}
