package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;

class QuantileLossTest extends MetricContractTest {
  @Override
  protected QuantileLoss metric() {
    return new QuantileLoss(0.9);
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Regression.class);
  }

  /** Too little costs .9 a unit, too much .1: (.9 * 2 + 3 * .1 * 4) / 4. */
  @Test
  void tooLittleCostsMoreThanTooMuch() {
    EvaluationRows rows =
        TestRows.weighted(new double[] {1, 5}, new double[] {3, 1}, new double[] {1, 3});

    assertThat(metric().compute(rows).orElseThrow()).isCloseTo(.75, within(1e-15));
    assertThat(metric().key()).isEqualTo("quantile_loss@0.9");
  }

  @Test
  void quantilesAreBetweenZeroAndOne() {
    for (double bad : new double[] {0, 1, Double.NaN}) {
      assertThatThrownBy(() -> new QuantileLoss(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("quantile_loss@Q: expected Q between 0 and 1, found " + bad);
    }
  }
}
