package org.mtl4j.eval.metric;

import java.util.stream.DoubleStream;
import org.mtl4j.core.metric.EvaluationRows;

class MapAtKTest extends PositivesAtKTest {
  @Override
  protected MapAtK metric() {
    return at(3);
  }

  @Override
  MapAtK at(int k) {
    return new MapAtK(k);
  }

  @Override
  double byDefinition(EvaluationRows rows, int k) {
    return TieOrders.meanOverGroupsWithAPositive(rows, ranking -> byDefinition(ranking, k));
  }

  private static double byDefinition(double[] ranking, int k) {
    double sum = 0;
    for (int rank = 1; rank <= Math.min(k, ranking.length); rank++) {
      sum += ranking[rank - 1] * DoubleStream.of(ranking).limit(rank).sum() / rank;
    }
    return sum / Math.min(k, DoubleStream.of(ranking).sum());
  }
}
