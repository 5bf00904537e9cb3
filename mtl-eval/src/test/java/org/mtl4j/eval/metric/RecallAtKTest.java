package org.mtl4j.eval.metric;

import java.util.stream.DoubleStream;
import org.mtl4j.core.metric.EvaluationRows;

class RecallAtKTest extends PositivesAtKTest {
  @Override
  protected RecallAtK metric() {
    return at(3);
  }

  @Override
  RecallAtK at(int k) {
    return new RecallAtK(k);
  }

  @Override
  double byDefinition(EvaluationRows rows, int k) {
    return TieOrders.meanOverGroupsWithAPositive(rows, ranking -> byDefinition(ranking, k));
  }

  private static double byDefinition(double[] ranking, int k) {
    return DoubleStream.of(ranking).limit(k).sum() / DoubleStream.of(ranking).sum();
  }
}
