package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;

class MaeTest extends MetricContractTest {
  private final Mae mae = new Mae();

  @Override
  protected Mae metric() {
    return mae;
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Regression.class);
  }

  @Test
  void isTheMeanOfAbsoluteErrors() {
    assertThat(mae.compute(TestRows.of(new double[] {2, 1}, new double[] {1, 4}))).hasValue(2);
  }
}
