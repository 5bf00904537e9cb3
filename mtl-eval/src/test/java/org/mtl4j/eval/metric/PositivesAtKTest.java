package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.testkit.TestSeed;

/** What holds of every figure of the positives on the first K ranks. */
abstract class PositivesAtKTest extends CutOffMetricTest {
  /** Whether groups without a positive are left out, and do not count as 0. */
  boolean needsPositives() {
    return true;
  }

  @Override
  final List<EvaluationRows> tied() {
    return List.of(TieOrders.randomRows(TestSeed.random()));
  }

  @Test
  void noPositiveAtAllIsUndefinedAndSaysSo() {
    EvaluationRows rows = TestRows.grouped(new double[] {.9, .8}, new double[] {0, 0}, 1, 2);

    if (needsPositives()) {
      assertThat(metric().compute(rows)).isEmpty();
      assertThat(metric().whyUndefined(rows)).isEqualTo("no group has a positive among 2 rows");
    } else {
      assertThat(metric().compute(rows)).hasValue(0);
    }
  }
}
