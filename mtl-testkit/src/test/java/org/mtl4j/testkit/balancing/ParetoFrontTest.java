package org.mtl4j.testkit.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.balancing.CaGrad;
import org.mtl4j.core.balancing.Famo;
import org.mtl4j.core.balancing.LossBalancing;
import org.mtl4j.core.balancing.Mgda;
import org.mtl4j.core.balancing.NashMtl;
import org.mtl4j.core.balancing.PcGrad;
import org.mtl4j.core.balancing.StaticWeights;
import org.mtl4j.testkit.balancing.BalancingHarness.Step;

/**
 * Gradient descent on losses whose Pareto front is known: a task wants x to be its own point p, by
 * s |x - p|^2 / 2 + 1/10. No task can gain without another's loss where x is a convex combination
 * of the points: between two points, or in the triangle of three.
 */
class ParetoFrontTest {
  private static final double[] A = {0, 0, 0, 0, 0};
  private static final double[] B = {4, 0, 0, 0, 0};
  private static final double[] C = {1, 3, 0, 0, 0};
  private static final double[] START = {1, 5, -2, 1, 3};

  /** The loss never reaches 0, of which {@link Famo} takes the logarithm. */
  private static final double FLOOR = 0.1;

  /** Tasks that each pull x to a point, with a force of their own. */
  private record Pulls(double[] scales, double[]... points) {
    static Pulls equal(double[]... points) {
      double[] scales = new double[points.length];
      Arrays.fill(scales, 1);
      return new Pulls(scales, points);
    }

    double[] losses(double[] x) {
      return IntStream.range(0, scales.length)
          .mapToDouble(t -> FLOOR + scales[t] / 2 * square(minus(x, points[t])))
          .toArray();
    }

    double[][] gradients(double[] x) {
      return IntStream.range(0, scales.length)
          .mapToObj(t -> Arrays.stream(minus(x, points[t])).map(d -> scales[t] * d).toArray())
          .toArray(double[][]::new);
    }

    /** Where the weighted sum of the losses is smallest. */
    double[] centre() {
      double sum = Arrays.stream(scales).sum();
      return GramCases.sum(points, Arrays.stream(scales).map(s -> s / sum).toArray());
    }

    double[] descend(LossBalancing method, double[] from, double rate, int steps) {
      double[] x = from.clone();
      try (BalancingHarness harness =
          new BalancingHarness(method, Tasks.three().subList(0, scales.length))) {
        for (int i = 0; i < steps; i++) {
          harness.take(
              Step.of(losses(x), gradients(x)),
              taken -> {
                for (int k = 0; k < x.length; k++) {
                  x[k] -= rate * taken.shared()[k];
                }
                return losses(x);
              });
        }
      }
      return x;
    }
  }

  private static List<LossBalancing> methods() {
    return List.of(
        new Mgda(false),
        new Mgda(true),
        new CaGrad(0.5),
        new NashMtl(),
        new PcGrad(),
        new Famo(0.025, 0.001));
  }

  private static double[] minus(double[] x, double[] y) {
    return IntStream.range(0, x.length).mapToDouble(i -> x[i] - y[i]).toArray();
  }

  private static double square(double[] x) {
    return Tasks.dot(x, x);
  }

  private static double distance(double[] x, double[] y) {
    return GramCases.length(minus(x, y));
  }

  @Test
  void twoTasksEndBetweenTheirPoints() {
    Pulls pulls = Pulls.equal(A, B);
    for (LossBalancing method : methods()) {
      double[] x = pulls.descend(method, START, 0.2, 80);
      assertThat(x[0]).as("%s", method).isBetween(0.0, 4.0);
      assertThat(Arrays.copyOfRange(x, 1, x.length)).containsOnly(new double[4], within(1e-5));
    }
  }

  @Test
  void threeTasksEndInTheTriangleOfTheirPoints() {
    Pulls pulls = Pulls.equal(A, B, C);
    for (LossBalancing method : methods()) {
      double[] x = pulls.descend(method, START, 0.2, 70);
      assertThat(Arrays.copyOfRange(x, 2, x.length))
          .as("%s", method)
          .containsOnly(new double[3], within(1e-5));
      // What x is made of: x = b B + c C and the rest of A.
      double c = x[1] / C[1];
      double b = (x[0] - c * C[0]) / B[0];
      assertThat(Math.min(Math.min(b, c), 1 - b - c)).as("%s", method).isGreaterThan(-1e-5);
    }
  }

  @Test
  void weightedSumAndConflictAverseEndAtTheMinimumOfTheSum() {
    Pulls pulls = new Pulls(new double[] {1, 2, 0.5}, A, B, C);
    for (LossBalancing method : List.of(new StaticWeights(), new CaGrad(0.2), new CaGrad(0.6))) {
      double[] x = pulls.descend(method, START, 0.04, 250);
      assertThat(x).as("%s", method).containsExactly(pulls.centre(), within(1e-3));
    }
  }

  @Test
  void pointOfTheFrontIsKeptByThoseThatMakeNoTaskWorse() {
    double[] front = {1, 0, 0, 0, 0};
    Pulls pulls = Pulls.equal(A, B);
    for (LossBalancing method :
        List.of(new Mgda(false), new Mgda(true), new NashMtl(), new PcGrad())) {
      double[] x = pulls.descend(method, front, 0.1, 20);
      assertThat(x).as("%s", method).containsExactly(front, within(1e-6));
    }
  }

  /**
   * Along the sum of two directions, those from two points, the difference of the distances from
   * both does not change (it is a hyperbola with them as its foci): where the front is met is
   * known.
   */
  @Test
  void bargainEndsAtTheSamePointWhateverTheScaleOfALoss() {
    double ahead = (distance(START, A) - distance(START, B)) / 2;
    double[] expected = {2 + ahead, 0, 0, 0, 0};
    Pulls scaled = new Pulls(new double[] {1, 100}, A, B);
    for (LossBalancing method : List.of(new NashMtl(), new Mgda(true))) {
      assertThat(Pulls.equal(A, B).descend(method, START, 0.03, 320))
          .as("%s", method)
          .containsExactly(expected, within(0.01));
    }
    assertThat(scaled.descend(new NashMtl(), START, 0.015, 250))
        .containsExactly(expected, within(0.01));
    assertThat(scaled.descend(new StaticWeights(), START, 0.005, 100))
        .containsExactly(new double[] {400 / 101.0, 0, 0, 0, 0}, within(1e-6));
  }

  @Test
  void shortestCombinationMakesNoTaskWorseOnTheWay() {
    Pulls pulls = Pulls.equal(A, B, C);
    double[] x = START;
    for (int i = 0; i < 20; i++) {
      double[] before = pulls.losses(x);
      x = pulls.descend(new Mgda(false), x, 0.05, 1);
      double[] after = pulls.losses(x);
      for (int t = 0; t < 3; t++) {
        assertThat(after[t]).as("task %d, step %d", t, i).isLessThanOrEqualTo(before[t] + 1e-12);
      }
    }
  }
}
