package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.metric.RowItems;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;
import org.mtl4j.testkit.TestSeed;

/** What holds of every figure of items on the first K ranks, that by its definition above all. */
abstract class ItemsAtKTest extends MetricContractTest {
  /** The figure at a cut-off. */
  abstract Metric at(int k);

  /** The figure of all rows by its definition, over all orders of the ties. */
  abstract double byDefinition(EvaluationRows rows, int k);

  @Override
  protected final List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Binary.class);
  }

  @Override
  protected final boolean honoursWeights() {
    return false;
  }

  /** So many groups of so many rows of 0 or 1, of five items with content of two columns. */
  private static EvaluationRows random(int groups, int size) {
    Random random = TestSeed.random();
    int n = groups * size;
    int[] items = random.ints(n, 0, 5).toArray();
    float[] popularity = new float[n];
    for (int row = 0; row < n; row++) {
      popularity[row] = 10 * items[row] * items[row];
    }
    return TestRows.grouped(
            random.ints(n, 0, 2).asDoubleStream().toArray(),
            new double[n],
            IntStream.range(0, n).map(row -> row % groups).toArray())
        .withItems(
            new RowItems(
                items,
                Optional.of(popularity),
                List.of(
                    IntStream.of(items).map(item -> item % 2).toArray(),
                    IntStream.of(items).map(item -> item / 2 - 1).toArray())));
  }

  @Test
  void equalsTheMeanOverAllOrdersOfTies() {
    for (int size : new int[] {2, 4}) {
      EvaluationRows rows = random(3, size);
      for (int k = 2; k <= 5; k++) {
        assertThat(at(k).compute(rows).orElseThrow())
            .as("%s of %d rows a group, seed %d", at(k).key(), size, TestSeed.value())
            .isCloseTo(byDefinition(rows, k), within(1e-12));
      }
    }
  }

  @Test
  void itDescribesAndDoesNotJudge() {
    assertThat(metric().judges()).isFalse();
  }

  @Test
  void aCutOffBelowOneIsRefused() {
    assertThatThrownBy(() -> at(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("@K: expected K of at least 1, found 0");
  }
}
