package org.mtl4j.testkit.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.Mgda;
import org.mtl4j.testkit.LossBalancingContractTest;
import org.mtl4j.testkit.TestSeed;

class MgdaTest extends LossBalancingContractTest {
  @Override
  protected Mgda balancing() {
    return new Mgda(false);
  }

  /** The conditions that the shortest convex combination alone meets, for each of the cases. */
  private static void checkShortest(double[][] gradients, double[] shares) {
    assertThat(Arrays.stream(shares).sum()).isCloseTo(1, within(1e-12));
    double[] shortest = GramCases.sum(gradients, shares);
    double square = Tasks.dot(shortest, shortest);
    double scale = Arrays.stream(gradients).mapToDouble(g -> Tasks.dot(g, g)).max().orElse(1);
    for (int t = 0; t < shares.length; t++) {
      double along = Tasks.dot(gradients[t], shortest);
      assertThat(shares[t]).isNotNegative();
      assertThat(along).as("seed %d", TestSeed.value()).isGreaterThan(square - 1e-9 * scale);
      if (shares[t] > 1e-9) {
        assertThat(along).isCloseTo(square, within(1e-9 * scale));
      }
    }
  }

  @Test
  void stepIsTheShortestConvexCombination() {
    GramCases.check(
        new Mgda(false),
        (gradients, weights) ->
            checkShortest(
                gradients, Arrays.stream(weights).map(w -> w / weights.length).toArray()));
  }

  @Test
  void normalizedItIsThatOfDirections() {
    GramCases.check(
        new Mgda(true),
        (gradients, weights) -> {
          double[][] directions = new double[gradients.length][];
          double[] shares = new double[gradients.length];
          for (int t = 0; t < shares.length; t++) {
            double length = GramCases.length(gradients[t]);
            directions[t] = Arrays.stream(gradients[t]).map(x -> x / length).toArray();
            shares[t] = weights[t] * length / weights.length;
          }
          checkShortest(directions, shares);
        });
  }

  /** Equation 4 of the paper. */
  @Test
  void twoTasksHaveAClosedForm() {
    double[] x = {1, 2, 0, 0, 0};
    double[] y = {3, -1, 0, 0, 1};
    double share =
        (Tasks.dot(y, y) - Tasks.dot(x, y))
            / (Tasks.dot(x, x) - 2 * Tasks.dot(x, y) + Tasks.dot(y, y));
    try (BalancingHarness harness =
        new BalancingHarness(new Mgda(false), Tasks.three().subList(0, 2))) {
      double[][] gradients = {x, y};
      assertThat(harness.take(BalancingHarness.Step.of(new double[] {1, 1}, gradients)).weights())
          .containsExactly(new double[] {2 * share, 2 * (1 - share)}, within(1e-12));
    }
  }
}
