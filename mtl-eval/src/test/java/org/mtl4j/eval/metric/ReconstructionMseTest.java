package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;

class ReconstructionMseTest extends MetricContractTest {
  @Override
  protected ReconstructionMse metric() {
    return new ReconstructionMse();
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

  /** (1 * 0.5 + 2 * 2) / 3, by weights 1 and 2. */
  @Test
  void errorsAreTheColumnBeforeTheLast() {
    double[] predictions = {7, 0.5, 4, -7, 2, 3};
    assertThat(metric().compute(rows(3, predictions, 0, 0))).hasValue(1.5);
  }
}
