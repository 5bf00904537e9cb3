package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;

class NormalisedEntropyTest extends MetricContractTest {
  @Override
  protected NormalisedEntropy metric() {
    return new NormalisedEntropy();
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Binary.class);
  }

  @Test
  void constantShareOfPositivesIsOne() {
    EvaluationRows rows =
        TestRows.weighted(
            new double[] {.25, .25, .25}, new double[] {1, 0, 0}, new double[] {1, 2, 1});

    assertThat(metric().compute(rows).orElseThrow()).isCloseTo(1, within(1e-15));
  }

  /** Half of ln 2 + ln 4 over ln 2. */
  @Test
  void logLossIsDividedByTheEntropyOfTheShare() {
    EvaluationRows rows = TestRows.of(new double[] {.5, .75}, new double[] {1, 0});

    assertThat(metric().compute(rows).orElseThrow()).isCloseTo(1.5, within(1e-15));
  }

  @Test
  void oneClassAndScoresThatAreNoProbabilitiesAreUndefined() {
    EvaluationRows one = TestRows.of(new double[] {.5}, new double[] {1});
    EvaluationRows logits = TestRows.of(new double[] {.5, -2}, new double[] {1, 0});

    assertThat(metric().compute(one)).isEmpty();
    assertThat(metric().whyUndefined(one)).isEqualTo("one class only among 1 rows");
    assertThat(metric().compute(logits)).isEmpty();
    assertThat(metric().whyUndefined(logits))
        .isEqualTo("it takes probabilities, and row 1 (from 0) has the prediction -2.0");
  }
}
