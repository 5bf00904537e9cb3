package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;
import org.mtl4j.testkit.TestSeed;

class MrrTest extends MetricContractTest {
  @Override
  protected Mrr metric() {
    return new Mrr();
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

    assertThat(metric().compute(rows).orElseThrow())
        .as("seed %d", TestSeed.value())
        .isCloseTo(
            TieOrders.meanOverGroupsWithAPositive(
                rows,
                ranking -> {
                  int rank = 1;
                  while (ranking[rank - 1] == 0) {
                    rank++;
                  }
                  return 1.0 / rank;
                }),
            within(1e-12));
  }

  @Test
  void firstPositiveAtRankTwoIsOneHalf() {
    EvaluationRows rows =
        TestRows.grouped(new double[] {.9, .8, .7, .6}, new double[] {0, 1, 1, 0}, 1, 1, 1, 2);

    assertThat(metric().compute(rows)).hasValue(.5);
  }
}
