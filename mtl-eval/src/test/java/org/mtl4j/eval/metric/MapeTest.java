package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;

class MapeTest extends MetricContractTest {
  @Override
  protected Mape metric() {
    return new Mape();
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Regression.class);
  }

  /** (1 * .5 + 3 * .25) / 4; the row of label 0 has no share. */
  @Test
  void labelsOfZeroAreLeftOutAndCounted() {
    EvaluationRows rows =
        TestRows.weighted(new double[] {3, -3, 5}, new double[] {2, -4, 0}, new double[] {1, 3, 2});

    assertThat(metric().compute(rows).orElseThrow()).isCloseTo(.3125, within(1e-15));
    assertThat(metric().caveat(rows, List.of()))
        .contains("leaves out 1 of 3 rows: their label is 0");
  }

  @Test
  void labelsOfZeroAloneAreUndefined() {
    EvaluationRows rows = TestRows.of(new double[] {1, 2}, new double[] {0, 0});

    assertThat(metric().compute(rows)).isEmpty();
    assertThat(metric().whyUndefined(rows)).isEqualTo("the label is 0 in all of 2 rows");
  }
}
