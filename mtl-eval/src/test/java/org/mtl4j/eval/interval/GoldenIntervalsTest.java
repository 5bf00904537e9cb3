package org.mtl4j.eval.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;

/** Against numpy's covariances of the structural components, and scipy's normal distribution. */
class GoldenIntervalsTest {
  private static final Map<String, Double> GOLDEN = new HashMap<>();

  @BeforeAll
  static void read() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    GoldenIntervalsTest.class.getResourceAsStream("intervals.csv")),
                StandardCharsets.UTF_8))) {
      reader
          .lines()
          .skip(1)
          .map(line -> line.split(",", -1))
          .forEach(line -> GOLDEN.put(line[0], Double.valueOf(line[1])));
    }
    assertThat(GOLDEN).hasSize(29);
  }

  /** The rows of golden_intervals.py. */
  private static EvaluationRows rows(int n, long seed, boolean first) {
    long x = seed;
    double[] scores = new double[n];
    double[] labels = new double[n];
    double[] weights = new double[n];
    for (int row = 0; row < n; row++) {
      int[] u = new int[3];
      for (int c = 0; c < 3; c++) {
        x = (1103515245 * x + 12345) % (1L << 31);
        u[c] = (int) (x >> 8) % 1000;
      }
      labels[row] = u[0] < 400 ? 1 : 0;
      scores[row] =
          first
              ? Math.rint((u[1] / 1000.0 + labels[row] * 0.3) * 10) / 10
              : u[2] / 1000.0 + labels[row] * 0.2;
      weights[row] = 1;
    }
    return new EvaluationRows(scores, 1, labels, weights, Optional.empty());
  }

  @Test
  void intervalsOfTheAucAreThoseOfNumpy() {
    for (int[] sample : new int[][] {{60, 1}, {400, 7}}) {
      for (boolean first : new boolean[] {true, false}) {
        String name = (first ? " a " : " b ") + sample[0];
        EvaluationRows rows = rows(sample[0], sample[1], first);
        Interval interval = DeLong.interval(rows).orElseThrow();
        assertThat(Placements.of(rows).orElseThrow().auc())
            .isCloseTo(GOLDEN.get("auc" + name), within(1e-12));
        assertThat(interval.low()).as(name).isCloseTo(GOLDEN.get("low" + name), within(1e-12));
        assertThat(interval.high()).as(name).isCloseTo(GOLDEN.get("high" + name), within(1e-12));
        assertThat(interval.method()).isEqualTo(Interval.Method.DELONG);
        assertThat(interval.level()).isEqualTo(0.95);
      }
    }
  }

  @Test
  void theDifferenceOfTwoAucsOnTheSameRowsIsThatOfNumpy() {
    for (int[] sample : new int[][] {{60, 1}, {400, 7}}) {
      int n = sample[0];
      Difference difference =
          DeLong.difference(rows(n, sample[1], true), rows(n, sample[1], false)).orElseThrow();
      assertThat(difference.value()).isCloseTo(GOLDEN.get("difference " + n), within(1e-12));
      assertThat(difference.interval().low())
          .isCloseTo(GOLDEN.get("difference low " + n), within(1e-12));
      assertThat(difference.pValue()).isCloseTo(GOLDEN.get("p " + n), within(1e-12));
    }
  }

  @Test
  void tailsOfTheNormalDistributionAreThoseOfScipy() {
    GOLDEN.forEach(
        (name, p) -> {
          if (name.startsWith("two-sided ")) {
            double z = Double.parseDouble(name.substring("two-sided ".length()));
            assertThat(Normal.twoSided(z) / p).as(name).isCloseTo(1, within(1e-12));
            assertThat(Normal.twoSided(-z)).isEqualTo(Normal.twoSided(z));
          }
        });
  }
}
