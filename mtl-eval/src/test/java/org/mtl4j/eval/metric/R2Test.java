package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;

class R2Test extends MetricContractTest {
  @Override
  protected R2 metric() {
    return new R2();
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Regression.class);
  }

  /** Labels 1, 1, 1 and 5 by weight, of mean 2 and spread 12; errors 1 * 3 + 4. */
  @Test
  void isOneLessTheShareOfTheSpread() {
    EvaluationRows rows =
        TestRows.weighted(new double[] {2, 3}, new double[] {1, 5}, new double[] {3, 1});

    assertThat(metric().compute(rows).orElseThrow()).isCloseTo(1 - 7 / 12.0, within(1e-15));
  }

  @Test
  void equalLabelsAreUndefined() {
    EvaluationRows rows = TestRows.of(new double[] {1, 2}, new double[] {3, 3});

    assertThat(metric().compute(rows)).isEmpty();
    assertThat(metric().whyUndefined(rows)).isEqualTo("all labels are equal among 2 rows");
  }
}
