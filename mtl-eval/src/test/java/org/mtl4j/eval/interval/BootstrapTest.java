package org.mtl4j.eval.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Ints;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.eval.metric.Auc;
import org.mtl4j.eval.metric.LogLoss;
import org.mtl4j.eval.metric.Mae;
import org.mtl4j.testkit.TestSeed;

/** Against the standard error of a mean, which has a formula; and the same on any threads. */
class BootstrapTest {
  private static final Metric MAE = new Mae();

  private static EvaluationRows errors(int n, int rowsOfGroup) {
    SplittableRandom random = new SplittableRandom(TestSeed.value());
    double[] errors = new double[n];
    int[] groups = new int[n];
    double shared = 0;
    for (int row = 0; row < n; row++) {
      shared = row % rowsOfGroup == 0 ? random.nextDouble() : shared;
      errors[row] = shared + random.nextDouble();
      groups[row] = row / rowsOfGroup;
    }
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return new EvaluationRows(
        errors, 1, new double[n], ones, rowsOfGroup == 1 ? Optional.empty() : Optional.of(groups));
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / values.length);
  }

  /**
   * Each row or group of equal size counts as one: the error is that of the mean of their means.
   */
  @Test
  void theErrorOfAMeanIsItsDeviationOverTheRootOfTheNumber() {
    for (int rowsOfGroup : new int[] {1, 5}) {
      int n = 500;
      EvaluationRows rows = errors(n, rowsOfGroup);
      double[] means = new double[n / rowsOfGroup];
      for (int row = 0; row < n; row++) {
        means[row / rowsOfGroup] += rows.predictions().get(row) / rowsOfGroup;
      }
      double mean = Arrays.stream(means).average().orElseThrow();
      double error = deviation(means) / Math.sqrt(means.length);
      double[][] figures = new Bootstrap(4000).figures(List.of(MAE), rows);
      Replicates replicates = new Replicates(figures[0], Bootstrap.method(rows));

      // A standard deviation of 4000 values is off by 1.1 %, a percentile of 2.5 % by 0.042 errors.
      assertThat(replicates.standardError().orElseThrow() / error).isCloseTo(1, within(0.05));
      Interval interval = replicates.interval().orElseThrow();
      assertThat((interval.low() - mean) / error).isCloseTo(-1.96, within(0.2));
      assertThat((interval.high() - mean) / error).isCloseTo(1.96, within(0.2));
      assertThat(interval.method())
          .isEqualTo(
              rowsOfGroup == 1 ? Interval.Method.BOOTSTRAP : Interval.Method.GROUP_BOOTSTRAP);
    }
  }

  @Test
  void drawsAreTheSameOnAnyNumberOfThreads() throws InterruptedException, ExecutionException {
    EvaluationRows rows = RandomScores.of(new SplittableRandom(TestSeed.value()), 300, 20, true);
    List<Metric> metrics = List.of(new Auc(), new LogLoss());
    double[][] one = inPool(1, rows, metrics);
    assertThat(inPool(4, rows, metrics)).isDeepEqualTo(one);
    assertThat(Arrays.stream(one[0]).distinct().count()).isGreaterThan(100);
  }

  private static double[][] inPool(int threads, EvaluationRows rows, List<Metric> metrics)
      throws InterruptedException, ExecutionException {
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      return pool.submit(() -> new Bootstrap(200).figures(metrics, rows)).get();
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void percentilesAreThoseOfTheSortedFigures() {
    double[] figures = new double[1001];
    Arrays.setAll(figures, i -> (i * 17 % 1001) / 1000.0);
    Interval interval = new Replicates(figures, Interval.Method.BOOTSTRAP).interval().orElseThrow();
    assertThat(interval.low()).isCloseTo(0.025, within(1e-12));
    assertThat(interval.high()).isCloseTo(0.975, within(1e-12));
  }

  @Test
  void whereNothingVariesOrLittleIsDefinedThereIsNoInterval() {
    double[] equal = new double[500];
    assertThat(new Replicates(equal, Interval.Method.BOOTSTRAP).interval()).isEmpty();
    double[] holes = new double[500];
    Arrays.setAll(holes, i -> i % 5 == 0 ? Double.NaN : i);
    assertThat(new Replicates(holes, Interval.Method.BOOTSTRAP).interval()).isEmpty();
    assertThat(new Replicates(new double[50], Interval.Method.BOOTSTRAP).standardError()).isEmpty();
    EvaluationRows single = errors(1, 1);
    assertThat(Uncertainty.of(List.of(MAE), single, new Bootstrap(200)).intervals())
        .isEqualTo(Map.of("mae", Optional.empty()));
    assertThatThrownBy(() -> new Bootstrap(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bootstrap: expected at least 0 replicates, found -1");
  }

  /** What one system has more on every row alike, it has more in every draw: no error is left. */
  @Test
  void aDifferenceIsTakenDrawByDraw() {
    EvaluationRows rows = errors(400, 4);
    double[] more = rows.predictions().toArray();
    SplittableRandom random = new SplittableRandom(TestSeed.value());
    Arrays.setAll(more, row -> more[row] + 0.1 + random.nextDouble(0.01));
    double[] ones = new double[more.length];
    Arrays.fill(ones, 1);
    EvaluationRows worse =
        new EvaluationRows(more, 1, new double[400], ones, rows.groups().map(Ints::toArray));
    Bootstrap bootstrap = new Bootstrap(500);
    Uncertainty baseline = Uncertainty.of(List.of(MAE), rows, bootstrap);
    Difference difference =
        Uncertainty.of(List.of(MAE), worse, bootstrap).difference(MAE, baseline).orElseThrow();
    double expected = MAE.compute(worse).orElseThrow() - MAE.compute(rows).orElseThrow();
    assertThat(difference.value()).isCloseTo(expected, within(1e-12));
    Interval alone = baseline.intervals().get("mae").orElseThrow();
    Interval paired = difference.interval();
    assertThat(paired.high() - paired.low()).isLessThan((alone.high() - alone.low()) / 20);
    assertThat(difference.pValue()).isLessThan(1e-6);
  }

  @Test
  void manyRowsAreDrawnLessOftenUnlessSomebodySaysHowOften() {
    Bootstrap usual = Bootstrap.of(Optional.empty());
    assertThat(usual.samples(1)).isEqualTo(1000);
    assertThat(usual.samples(1_000_000)).isEqualTo(1000);
    assertThat(usual.samples(4_000_000)).isEqualTo(250);
    assertThat(usual.samples(500_000_000)).isEqualTo(100);
    assertThat(Bootstrap.of(Optional.of(5000)).samples(500_000_000)).isEqualTo(5000);
    assertThat(Bootstrap.of(Optional.of(0)).samples(10)).isZero();
  }
}
