package org.mtl4j.experiment.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.training.TaskGradients;
import org.mtl4j.testkit.TestSeed;

/** What is added up block by block, against whole arrays and values by hand. */
class SumsTest {
  private static final int ROWS = 50;
  private static final int WIDTH = 3;

  private static float[] outputs(Random random, double mean) {
    float[] values = new float[ROWS * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (mean * (1 + i % WIDTH) + random.nextGaussian());
    }
    return values;
  }

  private static float[] rows(float[] all, int from, int to) {
    return Arrays.copyOfRange(all, from * WIDTH, to * WIDTH);
  }

  /** In two passes: the units' means first, then products of what is left. */
  private static double correlation(float[] one, float[] other) {
    double[] means = new double[2 * WIDTH];
    for (int i = 0; i < one.length; i++) {
      means[i % WIDTH] += one[i] / (double) ROWS;
      means[WIDTH + i % WIDTH] += other[i] / (double) ROWS;
    }
    double both = 0;
    double first = 0;
    double second = 0;
    for (int i = 0; i < one.length; i++) {
      double a = one[i] - means[i % WIDTH];
      double b = other[i] - means[WIDTH + i % WIDTH];
      both += a * b;
      first += a * a;
      second += b * b;
    }
    return both / Math.sqrt(first * second);
  }

  @Test
  void correlationsAreThoseOfWholeArrays() {
    Random random = TestSeed.random();
    float[] a = outputs(random, 2);
    float[] b = outputs(random, -1);
    float[] twice = new float[a.length];
    float[] constant = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      twice[i] = 2 * a[i] + 5;
      constant[i] = 0.1f * (i % WIDTH);
    }
    boolean[][] mixed = new boolean[4][4];
    for (boolean[] row : mixed) {
      Arrays.fill(row, true);
    }
    mixed[1][2] = false;
    mixed[2][1] = false;
    ExpertSums sums = new ExpertSums(List.of("a", "b", "twice", "constant"), mixed);
    for (int[] part : new int[][] {{0, 20}, {20, 21}, {21, ROWS}}) {
      sums.add(
          Map.of(
              "a", rows(a, part[0], part[1]),
              "b", rows(b, part[0], part[1]),
              "twice", rows(twice, part[0], part[1]),
              "constant", rows(constant, part[0], part[1])),
          part[1] - part[0]);
    }
    ExpertEvidence found = sums.evidence();
    assertThat(found.correlations()[0][1]).isCloseTo(correlation(a, b), within(1e-9));
    assertThat(found.correlations()[1][0]).isEqualTo(found.correlations()[0][1]);
    assertThat(found.correlations()[0][2]).isCloseTo(1, within(1e-6));
    assertThat(found.correlations()[1][2]).as("no gate mixes both").isNaN();
    assertThat(found.correlations()[0][3]).as("a constant has none").isNaN();
    assertThat(found.spreads()[0]).isBetween(0.8, 1.2);
    assertThat(found.spreads()[3]).isZero();
  }

  @Test
  void gatesAreMeansAndEntropiesOfTheirRows() {
    GateSums sums = new GateSums("gate/t", "t", List.of("a", "b"));
    float[] weights = {1, 0, 0.5f, 0.5f, 0.25f, 0.75f};
    for (int row = 0; row < 3; row++) {
      sums.add("all rows", weights, row);
    }
    sums.add("label 1", weights, 2);
    GateEvidence found = sums.evidence();
    assertThat(found.all().weights()).containsExactly(new double[] {1.75 / 3, 1.25 / 3});
    double quarter = -(0.25 * Math.log(0.25) + 0.75 * Math.log(0.75)) / Math.log(2);
    assertThat(found.all().entropy()).isCloseTo((0 + 1 + quarter) / 3, within(1e-12));
    assertThat(found.slices().get(1).entropy()).isCloseTo(quarter, within(1e-12));
    assertThat(found.slices()).extracting(GateEvidence.Slice::rows).containsExactly(3L, 1L);
  }

  private static TaskGradients batch(double[][] trunk, double[][] table) {
    return new TaskGradients(
        List.of("a", "b"),
        List.of(
            new TaskGradients.Layer("trunk", trunk),
            new TaskGradients.Layer("table", table),
            new TaskGradients.Layer("tower_a", new double[][] {{100, 0}, {0, 0}})));
  }

  /** Cosines: trunk -0.5 and 0.5; both layers -0.125 and (2 + 0) / sqrt(8 * 8). */
  @Test
  void anEpochIsTheMeanOfItsBatches() {
    GradientTrace.Epoch epoch =
        GradientTrace.Epoch.of(
            1,
            List.of(
                batch(new double[][] {{4, -1}, {-1, 1}}, new double[][] {{12, 0}, {0, 3}}),
                batch(new double[][] {{4, 2}, {2, 4}}, new double[][] {{4, 0}, {0, 4}})));
    assertThat(epoch.cosines()).containsOnlyKeys(GradientTrace.ALL, "trunk", "table");
    assertThat(epoch.cosines().get("trunk")[0][1]).isCloseTo(0, within(1e-12));
    assertThat(epoch.cosines().get("table")[0][1]).isCloseTo(0, within(1e-12));
    assertThat(epoch.cosines().get(GradientTrace.ALL)[0][1])
        .isCloseTo((-0.125 + 0.25) / 2, within(1e-12));
    assertThat(epoch.norms())
        .containsExactly(
            new double[] {(4 + Math.sqrt(8)) / 2, (2 + Math.sqrt(8)) / 2}, within(1e-12));
  }

  @Test
  void aTraceIsTheMeanOfItsEpochs() {
    double[][] minus = {{1, -0.4}, {-0.4, 1}};
    double[][] none = {{1, Double.NaN}, {Double.NaN, Double.NaN}};
    double[][] plus = {{1, 0.2}, {0.2, 1}};
    GradientTrace trace =
        new GradientTrace(
            List.of("a", "b"),
            List.of(
                new GradientTrace.Epoch(1, Map.of("l", minus), new double[] {1, 2, 4, 0}),
                new GradientTrace.Epoch(2, Map.of("l", none), new double[] {4, 2, 0, 0}),
                new GradientTrace.Epoch(3, Map.of("l", plus), new double[] {16, 2, 9, 0})));
    assertThat(trace.mean("l", 0, 1)).isCloseTo(-0.1, within(1e-12));
    assertThat(trace.norm(0)).isCloseTo(4, within(1e-12));
    assertThat(trace.norm(1)).isCloseTo(2, within(1e-12));
    assertThat(trace.norm(2)).as("epochs without a gradient").isCloseTo(6, within(1e-12));
    assertThat(trace.norm(3)).as("no epoch with one").isZero();
    assertThat(trace.pairs()).containsExactly(new GradientTrace.Pair(0, 1));
  }
}
