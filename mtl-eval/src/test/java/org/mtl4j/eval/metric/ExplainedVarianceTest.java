package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
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

  private static EvaluationRows rows(int width, double[] predictions, double... labels) {
    double[] weights = new double[labels.length];
    for (int row = 0; row < weights.length; row++) {
      weights[row] = 1 + row;
    }
    return new EvaluationRows(predictions, width, labels, weights, Optional.empty());
  }

  /** 1 - (1 * 0.5 + 2 * 2) / (1 * 4 + 2 * 3). */
  @Test
  void errorIsComparedWithThatOfTheMean() {
    double[] predictions = {7, 0.5, 4, -7, 2, 3};
    assertThat(metric().compute(rows(3, predictions, 0, 0)).orElseThrow())
        .isCloseTo(0.55, within(1e-12));
  }

  @Test
  void rowsThatAreAllAsTheMeanHaveNoVariance() {
    EvaluationRows same = rows(3, new double[] {7, 0.5, 0}, 0);
    assertThat(metric().compute(same)).isEmpty();
    assertThat(metric().whyUndefined(same)).isEqualTo("all 1 rows are as the training mean");
  }
}
