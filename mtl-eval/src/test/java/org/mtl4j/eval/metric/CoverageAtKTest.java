package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.RowItems;
import org.mtl4j.eval.interval.Bootstrap;
import org.mtl4j.eval.interval.Uncertainty;

class CoverageAtKTest extends ItemsAtKTest {
  @Override
  protected CoverageAtK metric() {
    return at(3);
  }

  @Override
  CoverageAtK at(int k) {
    return new CoverageAtK(k);
  }

  /** Over every choice of an order for each of the groups. */
  @Override
  double byDefinition(EvaluationRows rows, int k) {
    int[] items = rows.items().orElseThrow().ofRow().toArray();
    return covered(TieOrders.ordersByGroup(rows), new BitSet(), items, k)
        / IntStream.of(items).distinct().count();
  }

  private static double covered(List<List<int[]>> groups, BitSet above, int[] items, int k) {
    if (groups.isEmpty()) {
      return above.cardinality();
    }
    return groups.get(0).stream()
        .mapToDouble(
            order -> {
              BitSet shown = (BitSet) above.clone();
              IntStream.of(order).limit(k).forEach(row -> shown.set(items[row]));
              return covered(groups.subList(1, groups.size()), shown, items, k);
            })
        .average()
        .orElseThrow();
  }

  /** Item 7 of two groups is shown by one; items 0 to 6 are in no row and are not offered. */
  @Test
  void theCatalogueIsWhatTheRowsOffer() {
    EvaluationRows rows =
        TestRows.grouped(new double[] {.9, .8, .7, .6}, new double[4], 1, 1, 2, 2)
            .withItems(RowItems.of(new int[] {7, 8, 9, 7}, Optional.empty(), List.of()));

    assertThat(at(1).compute(rows)).hasValue(2 / 3.0);
    assertThat(at(2).compute(rows)).hasValue(1);
  }

  /** Two tied items and one place, drawn twice: each is missed with probability 1/4. */
  @Test
  void aGroupThatWasDrawnTwiceBreaksItsTiesTwice() {
    EvaluationRows rows =
        TestRows.grouped(new double[] {.9, .9}, new double[2], 1, 1)
            .withItems(RowItems.of(new int[] {0, 1}, Optional.empty(), List.of()));

    assertThat(at(1).compute(rows)).hasValue(.5);
    assertThat(at(1).compute(rows.resampled(2))).hasValue(.75);
  }

  @Test
  void itHasNoInterval() {
    EvaluationRows rows =
        TestRows.grouped(new double[] {.9, .8, .7, .6}, new double[4], 1, 1, 2, 2)
            .withItems(RowItems.of(new int[] {7, 8, 9, 7}, Optional.empty(), List.of()));

    assertThat(Uncertainty.of(List.of(at(1)), rows, new Bootstrap(200)).intervals())
        .isEqualTo(Map.of("coverage@1", Optional.empty()));
  }
}
