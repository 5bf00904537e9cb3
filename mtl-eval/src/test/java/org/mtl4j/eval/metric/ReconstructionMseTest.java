package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
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

  /** (1 * 0.5 + 2 * 2) / 3, by weights 1 and 2. */
  @Test
  void errorsAreTheColumnBeforeTheLast() {
    double[] predictions = {7, 0.5, 4, -7, 2, 3};
    assertThat(metric().compute(WeightedRows.of(3, predictions, 0, 0))).hasValue(1.5);
  }
}
