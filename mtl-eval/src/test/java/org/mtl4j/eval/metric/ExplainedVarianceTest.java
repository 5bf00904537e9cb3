package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;

class ExplainedVarianceTest extends MetricContractTest {
  @Override
  protected ExplainedVariance metric() {
    return new ExplainedVariance();
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Reconstruction.class);
  }

  /** 1 - (1 * 0.5 + 2 * 2) / (1 * 4 + 2 * 3). */
  @Test
  void errorIsComparedWithThatOfTheMean() {
    double[] predictions = {7, 0.5, 4, -7, 2, 3};
    assertThat(metric().compute(WeightedRows.of(3, predictions, 0, 0)).orElseThrow())
        .isCloseTo(0.55, within(1e-12));
  }

  @Test
  void rowsThatAreAllAsTheMeanHaveNoVariance() {
    EvaluationRows same = WeightedRows.of(3, new double[] {7, 0.5, 0}, 0);
    assertThat(metric().compute(same)).isEmpty();
    assertThat(metric().whyUndefined(same)).isEqualTo("all 1 rows are as the training mean");
  }
}
