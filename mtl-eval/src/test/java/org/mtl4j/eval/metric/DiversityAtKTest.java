package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Ints;
import org.mtl4j.core.metric.RowItems;

class DiversityAtKTest extends ItemsAtKTest {
  @Override
  protected DiversityAtK metric() {
    return at(3);
  }

  @Override
  DiversityAtK at(int k) {
    return new DiversityAtK(k);
  }

  /** A single row is no pair. */
  @Override
  int leastCutOff() {
    return 2;
  }

  @Override
  double byDefinition(EvaluationRows rows, int k) {
    List<Ints> content = rows.items().orElseThrow().content();
    return TieOrders.ordersByGroup(rows).stream()
        .mapToDouble(
            orders ->
                orders.stream()
                    .mapToDouble(order -> meanDistance(content, order, Math.min(k, order.length)))
                    .average()
                    .orElseThrow())
        .average()
        .orElseThrow();
  }

  private static double meanDistance(List<Ints> content, int[] order, int ranks) {
    double distance = 0;
    int pairs = 0;
    for (int i = 0; i < ranks; i++) {
      for (int j = 0; j < i; j++) {
        pairs++;
        for (Ints column : content) {
          distance += column.get(order[i]) == column.get(order[j]) ? 0 : 1.0 / content.size();
        }
      }
    }
    return distance / pairs;
  }

  /** Two groups, of which one has a pair: red and blue, both large. */
  @Test
  void groupsOfOneRowAreLeftOut() {
    EvaluationRows rows =
        TestRows.grouped(new double[] {.9, .8, .7}, new double[3], 1, 1, 2)
            .withItems(
                RowItems.of(
                    new int[] {0, 1, 2},
                    Optional.empty(),
                    List.of(new int[] {0, 1, 0}, new int[] {5, 5, 5})));

    assertThat(at(2).compute(rows)).hasValue(.5);
    assertThat(at(1).compute(rows)).isEmpty();
    assertThat(at(1).whyUndefined(rows)).isEqualTo("no group has two rows on its first 1 ranks");
  }

  @Test
  void withoutContentItSaysWhyThereIsNone() {
    EvaluationRows rows =
        TestRows.grouped(new double[] {.9, .8}, new double[2], 1, 1)
            .withItems(RowItems.of(new int[] {0, 1}, Optional.empty(), List.of()));

    assertThat(metric().compute(rows)).isEmpty();
    assertThat(metric().whyUndefined(rows))
        .isEqualTo("no content of items is named (evaluation.item_content)");
  }
}
