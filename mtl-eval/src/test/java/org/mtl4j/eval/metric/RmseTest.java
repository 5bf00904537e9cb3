package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;

class RmseTest extends MetricContractTest {
  private final Rmse rmse = new Rmse();

  @Override
  protected Rmse metric() {
    return rmse;
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Regression.class);
  }

  @Test
  void isTheRootOfTheMeanSquare() {
    assertThat(rmse.compute(TestRows.of(new double[] {2, 1}, new double[] {1, 4})))
        .hasValue(Math.sqrt(5));
  }
}
