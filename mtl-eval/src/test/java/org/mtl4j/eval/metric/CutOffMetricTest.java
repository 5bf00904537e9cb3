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
 * What holds of every figure of the first K ranks of a group, that by its definition above all. The
 * contract is kept by the one whose {@link #metric} a subclass gives, which says by its type what
 * is tested.
 */
abstract class CutOffMetricTest extends MetricContractTest {
  /** The figure at a cut-off. */
  abstract Metric at(int k);

  /** The figure of all rows by its definition, over all orders of the ties. */
  abstract double byDefinition(EvaluationRows rows, int k);

  /** Rows with many ties, few enough for all their orders. */
  abstract List<EvaluationRows> tied();

  /** The first cut-off at which the tied rows define it. */
  int leastCutOff() {
    return 1;
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
    for (EvaluationRows rows : tied()) {
      for (int k = leastCutOff(); k <= 8; k++) {
        assertThat(at(k).compute(rows).orElseThrow())
            .as("%s of %d rows, seed %d", at(k).key(), rows.size(), TestSeed.value())
            .isCloseTo(byDefinition(rows, k), within(1e-12));
      }
    }
  }

  @Test
  void aCutOffBelowOneIsRefused() {
    assertThatThrownBy(() -> at(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("@K: expected K of at least 1, found 0");
  }
}
