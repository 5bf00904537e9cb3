package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;

class ClassMaeTest extends MetricContractTest {
  @Override
  protected ClassMae metric() {
    return new ClassMae();
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Ordinal.class);
  }

  /** The first is right, the second two places off, the third one. */
  @Test
  void placesBetweenTheMostProbableClassAndTheLabelAreCounted() {
    double[] predictions = {.6, .3, .1, .7, .2, .1, .1, .5, .4};

    assertThat(metric().compute(TestRows.of(predictions, new double[] {0, 2, 2}))).hasValue(1);
  }
}
