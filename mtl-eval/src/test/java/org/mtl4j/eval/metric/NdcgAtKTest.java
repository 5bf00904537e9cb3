package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;
import org.mtl4j.testkit.TestSeed;

class NdcgAtKTest extends MetricContractTest {
  @Override
  protected NdcgAtK metric() {
    return new NdcgAtK(3);
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Binary.class);
  }

  @Override
  protected boolean honoursWeights() {
    return false;
  }

  @Test
  void equalsTheMeanOverAllOrdersOfTies() {
    EvaluationRows rows = TieOrders.randomRows(TestSeed.random());
    for (int k = 1; k <= 8; k++) {
      assertThat(new NdcgAtK(k).compute(rows).orElseThrow())
          .as("ndcg@%d, seed %d", k, TestSeed.value())
          .isCloseTo(byDefinition(rows, k), within(1e-12));
    }
  }

  @Test
  void aPositiveAtRankThreeIsWorthOneHalf() {
    EvaluationRows rows =
        TestRows.grouped(new double[] {.9, .8, .7, .6}, new double[] {0, 0, 1, 0}, 4, 4, 4, 4);

    assertThat(new NdcgAtK(3).compute(rows).orElseThrow()).isCloseTo(0.5, within(1e-15));
    assertThat(new NdcgAtK(2).compute(rows)).hasValue(0);
  }

  @Test
  void groupsWithoutAPositiveAreLeftOut() {
    EvaluationRows rows =
        TestRows.grouped(new double[] {.9, .8, .7, .6}, new double[] {1, 0, 0, 0}, 1, 1, 2, 2);

    assertThat(new NdcgAtK(2).compute(rows)).hasValue(1);
  }

  @Test
  void noPositiveAtAllIsUndefinedAndSaysSo() {
    EvaluationRows rows = TestRows.grouped(new double[] {.9, .8}, new double[] {0, 0}, 1, 2);

    assertThat(metric().compute(rows)).isEmpty();
    assertThat(metric().whyUndefined(rows)).isEqualTo("no group has a positive among 2 rows");
  }

  @Test
  void aCutOffBelowOneIsRefused() {
    assertThatThrownBy(() -> new NdcgAtK(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 0");
  }

  private static double byDefinition(EvaluationRows rows, int k) {
    return TieOrders.rankingsByGroup(rows).stream()
        .filter(rankings -> DoubleStream.of(rankings.get(0)).sum() > 0)
        .mapToDouble(
            rankings ->
                TieOrders.mean(rankings, ranking -> dcg(ranking, k))
                    / rankings.stream().mapToDouble(r -> dcg(bestFirst(r), k)).max().orElseThrow())
        .average()
        .orElseThrow();
  }

  private static double dcg(double[] ranking, int k) {
    double dcg = 0;
    for (int rank = 1; rank <= Math.min(k, ranking.length); rank++) {
      dcg += ranking[rank - 1] * Math.log(2) / Math.log(rank + 1);
    }
    return dcg;
  }

  private static double[] bestFirst(double[] labels) {
    return DoubleStream.of(labels).map(label -> -label).sorted().map(label -> -label).toArray();
  }
}
