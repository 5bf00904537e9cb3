package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;

class BrierTest extends MetricContractTest {
  @Override
  protected Brier metric() {
    return new Brier();
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Binary.class);
  }

  /** (1 * .04 + 3 * .25) / 4. */
  @Test
  void isTheMeanSquareByWeight() {
    EvaluationRows rows =
        TestRows.weighted(new double[] {.8, .5}, new double[] {1, 0}, new double[] {1, 3});

    assertThat(metric().compute(rows).orElseThrow()).isCloseTo(.1975, within(1e-15));
  }

  @Test
  void scoresThatAreNoProbabilitiesHaveNone() {
    EvaluationRows rows = TestRows.of(new double[] {1.5}, new double[] {1});

    assertThat(metric().compute(rows)).isEmpty();
    assertThat(metric().whyUndefined(rows))
        .isEqualTo("it takes probabilities, and row 0 (from 0) has the prediction 1.5");
  }
}
