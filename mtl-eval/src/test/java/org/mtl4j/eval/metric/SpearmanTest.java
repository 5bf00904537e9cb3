package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;
import org.mtl4j.testkit.TestSeed;

class SpearmanTest extends MetricContractTest {
  @Override
  protected Spearman metric() {
    return new Spearman();
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Regression.class);
  }

  /** Pearson's correlation over rows written out, the rank of a value counted by comparing. */
  @Test
  void isTheCorrelationOfMeanRanks() {
    EvaluationRows rows = TestRows.tiedRegression(TestSeed.random());
    int[] rowOf =
        IntStream.range(0, rows.size())
            .flatMap(row -> IntStream.generate(() -> row).limit((long) rows.weight(row)))
            .toArray();
    double[] x = ranks(IntStream.of(rowOf).mapToDouble(rows.predictions()::get).toArray());
    double[] y = ranks(IntStream.of(rowOf).mapToDouble(rows.labels()::get).toArray());

    assertThat(metric().compute(rows).orElseThrow())
        .as("seed %d", TestSeed.value())
        .isCloseTo(
            covariance(x, y) / Math.sqrt(covariance(x, x) * covariance(y, y)), within(1e-12));
  }

  @Test
  void anyRisingFunctionIsOne() {
    assertThat(
            metric()
                .compute(TestRows.of(new double[] {1, 10, 100}, new double[] {-3, 0, .1}))
                .orElseThrow())
        .isCloseTo(1, within(1e-15));
  }

  @Test
  void equalPredictionsAreUndefined() {
    EvaluationRows rows =
        TestRows.weighted(new double[] {3, 3}, new double[] {1, 2}, new double[] {.1, .2});

    assertThat(metric().compute(rows)).isEmpty();
    assertThat(metric().whyUndefined(rows))
        .isEqualTo("all labels, or all predictions, are equal among 2 rows");
  }

  private static double[] ranks(double... values) {
    return DoubleStream.of(values)
        .map(
            v ->
                DoubleStream.of(values).filter(other -> other < v).count()
                    + (DoubleStream.of(values).filter(other -> other == v).count() + 1) / 2.0)
        .toArray();
  }

  private static double covariance(double[] x, double[] y) {
    double meanX = DoubleStream.of(x).average().orElseThrow();
    double meanY = DoubleStream.of(y).average().orElseThrow();
    return IntStream.range(0, x.length).mapToDouble(i -> (x[i] - meanX) * (y[i] - meanY)).sum();
  }
}
