package org.mtl4j.data.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Synthetic regressions are as much alike as their configuration says. */
class RegressionSourceTest {
  private static final int ROWS = 20_000;

  private static Log log(int features, List<Double> correlations, int sinusoids, double noise) {
    List<Double> slopes = Stream.iterate(0.5, slope -> slope + 0.5).limit(sinusoids).toList();
    List<Double> shifts = Stream.iterate(0.0, shift -> shift + 1).limit(sinusoids).toList();
    return new Log(
        new RegressionSource(
            new RegressionConfig(ROWS, features, correlations, slopes, shifts, noise, 5)));
  }

  /** Two rows of two features tell the weights; every other row must follow from them. */
  @Test
  void linearTasksHaveUnitWeightsOfTheCosineAskedFor() {
    Log log = log(2, List.of(0.6), 0, 0);
    double[] x1 = log.numbers("x1");
    double[] x2 = log.numbers("x2");
    double[][] weights = new double[2][];
    for (int task = 0; task < 2; task++) {
      double[] y = log.numbers("y" + (task + 1));
      double determinant = x1[0] * x2[1] - x2[0] * x1[1];
      double first = (y[0] * x2[1] - x2[0] * y[1]) / determinant;
      double second = (x1[0] * y[1] - y[0] * x1[1]) / determinant;
      weights[task] = new double[] {first, second};
      assertThat(Math.hypot(first, second)).isCloseTo(1, within(1e-9));
      for (int row = 0; row < 100; row++) {
        assertThat(y[row]).isCloseTo(first * x1[row] + second * x2[row], within(1e-9));
      }
    }
    double cosine = weights[0][0] * weights[1][0] + weights[0][1] * weights[1][1];
    assertThat(cosine).isCloseTo(0.6, within(1e-9));
  }

  @Test
  void labelsOfLinearTasksHaveTheCorrelationsInTheirOrder() {
    Log log = log(10, List.of(-0.8, 0.5, 0.0), 0, 0);
    assertThat(correlation(log, "y2", "y1")).isCloseTo(-0.8, within(0.02));
    assertThat(correlation(log, "y3", "y1")).isCloseTo(0.5, within(0.02));
    assertThat(correlation(log, "y3", "y2")).isCloseTo(0, within(0.03));
  }

  private static double correlation(Log log, String a, String b) {
    return covariance(log, a, b) / Math.sqrt(covariance(log, a, a) * covariance(log, b, b));
  }

  private static double covariance(Log log, String a, String b) {
    double[] first = log.numbers(a);
    double[] second = log.numbers(b);
    double firstMean = log.mean(a);
    double secondMean = log.mean(b);
    double sum = 0;
    for (int row = 0; row < ROWS; row++) {
      sum += (first[row] - firstMean) * (second[row] - secondMean);
    }
    return sum / ROWS;
  }

  @Test
  void oneTaskMayBeAnotherOneAgainOrItsOpposite() {
    Log same = log(10, List.of(1.0), 5, 0);
    assertThat(same.numbers("y2")).isEqualTo(same.numbers("y1"));
    Log linear = log(10, List.of(-1.0), 0, 0);
    double[] opposite = linear.numbers("y2");
    for (int row = 0; row < 100; row++) {
      assertThat(opposite[row]).isEqualTo(-linear.numbers("y1")[row]);
    }
  }

  /** sin(p / 2) + sin(p + 1) over what the task would be without them. */
  @Test
  void sinusoidsBendEveryTaskAlike() {
    Log bent = log(100, List.of(0.5), 2, 0);
    Log straight = log(100, List.of(0.5), 0, 0);
    for (String task : List.of("y1", "y2")) {
      for (int row = 0; row < 100; row++) {
        double p = straight.numbers(task)[row];
        assertThat(bent.numbers(task)[row])
            .isCloseTo(p + Math.sin(p / 2) + Math.sin(p + 1), within(1e-12));
      }
    }
  }

  @Test
  void noiseHasTheVarianceAskedForAndTheTruthHasNone() {
    Log log = log(3, List.of(0.0), 2, 0.25);
    double[] labels = log.numbers("y1");
    double[] truth = log.numbers("true_y1");
    double square = 0;
    for (int row = 0; row < ROWS; row++) {
      square += (labels[row] - truth[row]) * (labels[row] - truth[row]);
    }
    assertThat(square / ROWS).isCloseTo(0.25, within(0.01));
  }

  @Test
  void correlationsThatNoTasksHaveAreRefused() {
    assertThatThrownBy(() -> log(10, List.of(0.5, 0.5), 0, 0))
        .hasMessage(
            "correlations: expected 1, 3, 6, 10, ... numbers, for 2, 3, 4, 5, ... tasks, found 2");
    assertThatThrownBy(() -> log(10, List.of(1.5), 0, 0))
        .hasMessage("correlations: expected numbers from -1 to 1, found 1.5");
    assertThatThrownBy(() -> log(10, List.of(0.9, 0.9, -0.9), 0, 0))
        .hasMessageContaining("task 3 contradicts the ones before it");
    assertThatThrownBy(() -> log(10, List.of(1.0, 1.0, 0.0), 0, 0))
        .hasMessageContaining("task 3 contradicts the ones before it");
    assertThatThrownBy(
            () -> new RegressionConfig(9, 9, List.of(0.5), List.of(1.0), List.of(), 0, 1))
        .hasMessage("shifts: expected one for each of the 1 slopes, found 0");
    assertThatThrownBy(
            () -> new RegressionConfig(9, 9, List.of(0.5), List.of(1.0), List.of(Double.NaN), 0, 1))
        .hasMessage("shifts: expected finite numbers, found [NaN]");
    assertThatThrownBy(() -> log(1, List.of(0.5), 0, 0))
        .hasMessage("features: expected at least 2, found 1");
  }
}
