package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;
import org.mtl4j.testkit.TestSeed;

/**
 * What holds of every figure of the first K ranks of a group. The contract is kept by the one whose
 * {@link #metric} a subclass gives, which says by its type what is tested.
 */
abstract class CutOffMetricTest extends MetricContractTest {
  /** The figure at a cut-off. */
  abstract Metric at(int k);

  /** The figure of all rows by its definition, over all orders of the ties. */
  abstract double byDefinition(EvaluationRows rows, int k);

  /** Whether groups without a positive are left out, and do not count as 0. */
  boolean needsPositives() {
    return true;
  }

  @Override
  protected final List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Binary.class);
  }

  @Override
  protected final boolean honoursWeights() {
    return false;
  }

  @Test
  void equalsTheMeanOverAllOrdersOfTies() {
    EvaluationRows rows = TieOrders.randomRows(TestSeed.random());
    for (int k = 1; k <= 8; k++) {
      assertThat(at(k).compute(rows).orElseThrow())
          .as("%s, seed %d", at(k).key(), TestSeed.value())
          .isCloseTo(byDefinition(rows, k), within(1e-12));
    }
  }

  @Test
  void noPositiveAtAllIsUndefinedAndSaysSo() {
    EvaluationRows rows = TestRows.grouped(new double[] {.9, .8}, new double[] {0, 0}, 1, 2);

    if (needsPositives()) {
      assertThat(metric().compute(rows)).isEmpty();
      assertThat(metric().whyUndefined(rows)).isEqualTo("no group has a positive among 2 rows");
    } else {
      assertThat(metric().compute(rows)).hasValue(0);
    }
  }

  @Test
  void aCutOffBelowOneIsRefused() {
    assertThatThrownBy(() -> at(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 0");
  }
}
