package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.RowItems;
import org.mtl4j.testkit.TestSeed;

/** What holds of every figure of items on the first K ranks. */
abstract class ItemsAtKTest extends CutOffMetricTest {
  @Override
  final List<EvaluationRows> tied() {
    return List.of(random(3, 2), random(3, 4));
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
            RowItems.of(
                items,
                Optional.of(popularity),
                List.of(
                    IntStream.of(items).map(item -> item % 2).toArray(),
                    IntStream.of(items).map(item -> item / 2 - 1).toArray())));
  }

  @Test
  void itDescribesAndDoesNotJudge() {
    assertThat(metric().judges()).isFalse();
  }
}
