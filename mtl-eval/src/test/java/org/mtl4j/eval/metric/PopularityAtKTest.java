package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Numbers;
import org.mtl4j.core.metric.RowItems;

class PopularityAtKTest extends ItemsAtKTest {
  @Override
  protected PopularityAtK metric() {
    return at(3);
  }

  @Override
  PopularityAtK at(int k) {
    return new PopularityAtK(k);
  }

  @Override
  double byDefinition(EvaluationRows rows, int k) {
    Numbers popularity = rows.items().orElseThrow().popularity().orElseThrow();
    return TieOrders.ordersByGroup(rows).stream()
        .mapToDouble(
            orders ->
                orders.stream()
                    .mapToDouble(
                        order ->
                            IntStream.of(order)
                                .limit(k)
                                .mapToDouble(row -> popularity.get(row))
                                .average()
                                .orElseThrow())
                    .average()
                    .orElseThrow())
        .average()
        .orElseThrow();
  }

  @Test
  void withoutCountsOfTrainingRowsItSaysWhyThereIsNone() {
    EvaluationRows rows =
        TestRows.grouped(new double[] {.9}, new double[] {1}, 1)
            .withItems(RowItems.of(new int[] {0}, Optional.empty(), List.of()));

    assertThat(metric().compute(rows)).isEmpty();
    assertThat(metric().whyUndefined(rows))
        .isEqualTo("nobody knows how often items are in training rows");
  }
}
