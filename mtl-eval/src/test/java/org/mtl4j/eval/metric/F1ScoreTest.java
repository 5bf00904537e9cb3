package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;

class F1ScoreTest extends MetricContractTest {
  @Override
  protected F1Score metric() {
    return new F1Score();
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Binary.class);
  }

  /** A true positive of weight 2, a false one of 1, a miss of 3: 4 / (4 + 1 + 3). */
  @Test
  void misses() {
    EvaluationRows rows =
        TestRows.weighted(
            new double[] {.6, .9, .5, .1}, new double[] {1, 0, 1, 0}, new double[] {2, 1, 3, 9});

    assertThat(metric().compute(rows).orElseThrow()).isCloseTo(0.5, within(1e-15));
  }

  @Test
  void withoutAnyPositiveItIsUndefined() {
    EvaluationRows rows = TestRows.of(new double[] {.5, .2}, new double[] {0, 0});

    assertThat(metric().compute(rows)).isEmpty();
    assertThat(metric().whyUndefined(rows))
        .isEqualTo("none of 2 rows is positive, in fact or as predicted");
  }
}
