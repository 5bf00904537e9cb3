package org.mtl4j.testkit.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.CaGrad;
import org.mtl4j.testkit.LossBalancingContractTest;
import org.mtl4j.testkit.TestSeed;
import org.mtl4j.testkit.balancing.BalancingHarness.Step;

class CaGradTest extends LossBalancingContractTest {
  @Override
  protected CaGrad balancing() {
    return new CaGrad(0.5);
  }

  /**
   * The step as a certificate: for any direction d in the ball and any w of the simplex the least
   * gain min g . d is at most gw . g0 + r |gw| (weak duality), and only the best of both are equal.
   */
  @Test
  void stepIsBestForTheTaskThatGainsLeast() {
    for (double c : new double[] {0.1, 0.5, 0.9}) {
      GramCases.check(
          new CaGrad(c),
          (gradients, weights) -> {
            int n = weights.length;
            double[] mean = GramCases.sum(gradients, equal(n, 1.0 / n));
            double radius = c * GramCases.length(mean);
            double[] step =
                GramCases.sum(
                    gradients, Arrays.stream(weights).map(w -> w * (1 + c) / n).toArray());
            assertThat(distance(step, mean)).isLessThanOrEqualTo(radius * (1 + 1e-9));
            double[] w = Arrays.stream(weights).map(x -> x * (1 + c) - 1).toArray();
            double total = Arrays.stream(w).sum();
            assertThat(Arrays.stream(w).min().orElseThrow())
                .isGreaterThan(-1e-12 * (1 + c + total));
            double[] shares = Arrays.stream(w).map(x -> x / total).toArray();
            double bound =
                Math.min(bound(gradients, shares, mean, radius), opposed(gradients, mean, radius));
            double size = 0;
            for (int t = 0; t < n; t++) {
              size += shares[t] * GramCases.length(gradients[t]);
            }
            assertThat(worst(gradients, step))
                .as("c %s, seed %d", c, TestSeed.value())
                .isCloseTo(bound, within(1e-9 * size * (GramCases.length(mean) + radius)));
          });
    }
  }

  private static double bound(double[][] gradients, double[] w, double[] mean, double radius) {
    double[] combined = GramCases.sum(gradients, w);
    return Tasks.dot(combined, mean) + radius * GramCases.length(combined);
  }

  /** The bound of the shortest combination of two gradients: 0 where they are opposed. */
  private static double opposed(double[][] gradients, double[] mean, double radius) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < gradients.length; i++) {
      for (int j = 0; j < i; j++) {
        double[] w = new double[gradients.length];
        w[i] = GramCases.length(gradients[j]);
        w[j] = GramCases.length(gradients[i]);
        double sum = w[i] + w[j];
        w[i] /= sum;
        w[j] /= sum;
        least = Math.min(least, bound(gradients, w, mean, radius));
      }
    }
    return least;
  }

  /** Two tasks: the step lies in the plane of their gradients, where every angle can be tried. */
  @Test
  void twoTasksMoveAlongTheBestAngle() {
    Random random = TestSeed.random();
    double c = 0.6;
    try (BalancingHarness harness =
        new BalancingHarness(new CaGrad(c), Tasks.three().subList(0, 2))) {
      for (double cosine : new double[] {-0.999999, -0.9, -0.3, 0, 0.4, 0.99}) {
        for (double length : new double[] {0.01, 0.8, 1, 20}) {
          double[][] g = {
            {1, 0, 0, 0, 0}, {cosine * length, Math.sqrt(1 - cosine * cosine) * length, 0, 0, 0}
          };
          double[] expected = alongBestAngle(g, c);
          double[] found = harness.take(Step.of(random.doubles(2, 0.1, 1).toArray(), g)).shared();
          double scale = GramCases.length(expected);
          assertThat(found)
              .as("cosine %s, length %s", cosine, length)
              .containsExactly(
                  Arrays.stream(expected).map(x -> 2 / (1 + c) * x).toArray(),
                  within(1e-6 * scale));
        }
      }
    }
  }

  /** By trying: the least gain is concave in the direction, so that the best is found by thirds. */
  private static double[] alongBestAngle(double[][] g, double c) {
    double[] mean = GramCases.sum(g, new double[] {0.5, 0.5});
    double radius = c * GramCases.length(mean);
    int best = 0;
    int angles = 100_000;
    for (int i = 1; i < angles; i++) {
      if (gain(g, mean, radius, i, angles) > gain(g, mean, radius, best, angles)) {
        best = i;
      }
    }
    double low = best - 1;
    double high = best + 1;
    for (int i = 0; i < 100; i++) {
      double left = (2 * low + high) / 3;
      double right = (low + 2 * high) / 3;
      if (gain(g, mean, radius, left, angles) < gain(g, mean, radius, right, angles)) {
        low = left;
      } else {
        high = right;
      }
    }
    return at(mean, radius, (low + high) / 2, angles);
  }

  private static double gain(double[][] g, double[] mean, double radius, double i, int angles) {
    return worst(g, at(mean, radius, i, angles));
  }

  private static double[] at(double[] mean, double radius, double i, int angles) {
    double[] step = mean.clone();
    step[0] += radius * Math.cos(2 * Math.PI * i / angles);
    step[1] += radius * Math.sin(2 * Math.PI * i / angles);
    return step;
  }

  /**
   * Of two tasks that pull apart and one at right angles to them, g0 = (1/6, 1/3): no direction has
   * a least gain above 0, all with x = 0 have 0, and the nearest to g0 is (0, 1/3), 1/6 from it.
   */
  @Test
  void opposedTasksMoveAsNearToTheMeanAsTheyCan() {
    double[][] g = {{1, 0, 0, 0, 0}, {-0.5, 0, 0, 0, 0}, {0, 1, 0, 0, 0}};
    try (BalancingHarness harness = new BalancingHarness(new CaGrad(0.5), Tasks.three())) {
      double[] expected = {0, 3 / 1.5 / 3, 0, 0, 0};
      assertThat(harness.take(Step.of(new double[] {1, 1, 1}, g)).shared())
          .containsExactly(expected, within(1e-9));
    }
  }

  @Test
  void tasksExactlyOpposedFollowTheirMeanOfNothing() {
    double[][] g = {{1, 2, 0, 0, 0}, {-1, -2, 0, 0, 0}};
    try (BalancingHarness harness =
        new BalancingHarness(new CaGrad(0.5), Tasks.three().subList(0, 2))) {
      BalancingHarness.Taken taken = harness.take(Step.of(new double[] {1, 1}, g));
      assertThat(taken.shared()).containsOnly(0);
      assertThat(taken.weights()).containsOnly(1);
    }
  }

  /** Gradients that cancel but for 1e-7: weights stay such that float32 can add them up. */
  @Test
  void tasksOpposedButForRoundingHaveFiniteWeights() {
    double[][] g = {{1, 1e-7, 0, 0, 0}, {-0.8, 1e-7, 0, 0, 0}};
    try (BalancingHarness harness =
        new BalancingHarness(new CaGrad(0.5), Tasks.three().subList(0, 2))) {
      BalancingHarness.Taken taken = harness.take(Step.of(new double[] {1, 1}, g));
      double[] step = Arrays.stream(taken.shared()).map(x -> x * 1.5 / 2).toArray();
      assertThat(distance(step, new double[] {0.1, 1e-7, 0, 0, 0})).isLessThan(0.05 * (1 + 1e-9));
      for (double weight : taken.weights()) {
        assertThat(weight).isBetween(0.0, 1e4);
      }
      // The best of all has 0.05 * 0.8 * 1e-7 or so.
      assertThat(worst(g, step)).isGreaterThan(-0.04 - 1e-6);
    }
  }

  @Test
  void tasksThatAgreeMoveAsWithoutBalancing() {
    double[] g = {1, 2, 3, 4, 5};
    try (BalancingHarness harness = new BalancingHarness(new CaGrad(0.5), Tasks.three())) {
      double[][] gradients = {g, g, g};
      double[] shared = harness.take(Step.of(new double[] {1, 1, 1}, gradients)).shared();
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
