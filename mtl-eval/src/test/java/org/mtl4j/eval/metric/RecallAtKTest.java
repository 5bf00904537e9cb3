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

class RecallAtKTest extends MetricContractTest {
  @Override
  protected RecallAtK metric() {
    return new RecallAtK(3);
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
      assertThat(new RecallAtK(k).compute(rows).orElseThrow())
          .as("k %d, seed %d", k, TestSeed.value())
          .isCloseTo(
              TieOrders.meanOverGroupsWithAPositive(rows, ranking -> byDefinition(ranking, top)),
              within(1e-12));
    }
  }

  @Test
  void noPositiveAtAllIsUndefinedAndSaysSo() {
    EvaluationRows rows = TestRows.grouped(new double[] {.9, .8}, new double[] {0, 0}, 1, 2);

    assertThat(metric().compute(rows)).isEmpty();
    assertThat(metric().whyUndefined(rows)).isEqualTo("no group has a positive among 2 rows");
  }

  @Test
  void aCutOffBelowOneIsRefused() {
    assertThatThrownBy(() -> new RecallAtK(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 0");
  }

  private static double byDefinition(double[] ranking, int k) {
    return DoubleStream.of(ranking).limit(k).sum() / DoubleStream.of(ranking).sum();
  }
}
