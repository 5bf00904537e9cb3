package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;

class NdcgAtKTest extends PositivesAtKTest {
  @Override
  protected NdcgAtK metric() {
    return at(3);
  }

  @Override
  NdcgAtK at(int k) {
    return new NdcgAtK(k);
  }

  @Override
  double byDefinition(EvaluationRows rows, int k) {
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
}
