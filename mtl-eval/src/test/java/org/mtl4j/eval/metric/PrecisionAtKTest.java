package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;

class PrecisionAtKTest extends PositivesAtKTest {
  @Override
  protected PrecisionAtK metric() {
    return at(3);
  }

  @Override
  PrecisionAtK at(int k) {
    return new PrecisionAtK(k);
  }

  @Override
  boolean needsPositives() {
    return false;
  }

  @Override
  double byDefinition(EvaluationRows rows, int k) {
    return TieOrders.rankingsByGroup(rows).stream()
        .mapToDouble(r -> TieOrders.mean(r, labels -> DoubleStream.of(labels).limit(k).sum() / k))
        .average()
        .orElseThrow();
  }

  @Test
  void aSmallGroupDividesByKAllTheSame() {
    EvaluationRows rows = TestRows.grouped(new double[] {.9, .8}, new double[] {1, 1}, 3, 3);

    assertThat(new PrecisionAtK(4).compute(rows)).hasValue(0.5);
  }

  @Test
  void groupsWithoutAPositiveCountAsZero() {
    EvaluationRows rows = TestRows.grouped(new double[] {.9, .8}, new double[] {1, 0}, 1, 2);

    assertThat(new PrecisionAtK(1).compute(rows)).hasValue(0.5);
  }
}
