package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;
import org.mtl4j.testkit.TestSeed;

class PrecisionAtKTest extends MetricContractTest {
  @Override
  protected PrecisionAtK metric() {
    return new PrecisionAtK(3);
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Binary.class);
  }

  @Override
  protected boolean honoursWeights() {
    return false;
  }

  @Test
  void equalsTheMeanOverAllOrdersOfTies() {
    EvaluationRows rows = TieOrders.randomRows(TestSeed.random());
    for (int k = 1; k <= 8; k++) {
      int top = k;
      double expected =
          TieOrders.rankingsByGroup(rows).stream()
              .mapToDouble(
                  r -> TieOrders.mean(r, labels -> DoubleStream.of(labels).limit(top).sum() / top))
              .average()
              .orElseThrow();

      assertThat(new PrecisionAtK(k).compute(rows).orElseThrow())
          .as("precision@%d, seed %d", k, TestSeed.value())
          .isCloseTo(expected, within(1e-12));
    }
  }

  @Test
  void aSmallGroupDividesByKAllTheSame() {
    EvaluationRows rows = TestRows.grouped(new double[] {.9, .8}, new double[] {1, 1}, 3, 3);

    assertThat(new PrecisionAtK(4).compute(rows)).hasValue(0.5);
  }

  @Test
  void groupsWithoutAPositiveCountAsZero() {
    EvaluationRows rows = TestRows.grouped(new double[] {.9, .8}, new double[] {1, 0}, 1, 2);

    assertThat(new PrecisionAtK(1).compute(rows)).hasValue(0.5);
  }

  @Test
  void aCutOffBelowOneIsRefused() {
    assertThatThrownBy(() -> new PrecisionAtK(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 0");
  }
}
