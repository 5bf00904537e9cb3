package org.mtl4j.eval.metric;

import java.util.stream.DoubleStream;
import org.mtl4j.core.metric.EvaluationRows;

class HitRateAtKTest extends PositivesAtKTest {
  @Override
  protected HitRateAtK metric() {
    return at(3);
  }

  @Override
  HitRateAtK at(int k) {
    return new HitRateAtK(k);
  }

  @Override
  double byDefinition(EvaluationRows rows, int k) {
    return TieOrders.meanOverGroupsWithAPositive(rows, ranking -> byDefinition(ranking, k));
  }

  private static double byDefinition(double[] ranking, int k) {
    return DoubleStream.of(ranking).limit(k).max().orElseThrow();
  }
}
