package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;

class PcocTest extends MetricContractTest {
  @Override
  protected Pcoc metric() {
    return new Pcoc();
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Binary.class);
  }

  /** (.5 * 2 + .25 * 4) / 4. */
  @Test
  void isWhatWasPromisedOverWhatCame() {
    EvaluationRows rows =
        TestRows.weighted(new double[] {.5, .25}, new double[] {0, 1}, new double[] {2, 4});

    assertThat(metric().compute(rows).orElseThrow()).isCloseTo(.5, within(1e-15));
    assertThat(metric().judges()).isFalse();
  }

  @Test
  void withoutAPositiveItIsUndefined() {
    EvaluationRows none = TestRows.of(new double[] {.3, .2}, new double[] {0, 0});

    assertThat(metric().compute(none)).isEmpty();
    assertThat(metric().whyUndefined(none)).isEqualTo("no positive among 2 rows");
  }
}
