package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;
import org.mtl4j.testkit.RandomRows;
import org.mtl4j.testkit.TestSeed;

class BestThresholdTest extends MetricContractTest {
  @Override
  protected BestThreshold metric() {
    return new BestThreshold();
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Binary.class);
  }

  @Test
  void yesFromItOnHasTheLargestF1() {
    EvaluationRows rows = RandomRows.of(new TaskType.Binary(List.of()), 60, TestSeed.random());
    double threshold = metric().compute(rows).orElseThrow();

    assertThat(Cuts.at(rows, threshold).f1())
        .as("seed %d", TestSeed.value())
        .isCloseTo(new BestF1().compute(rows).orElseThrow(), within(1e-12));
  }

  @Test
  void ofTwoThresholdsOfOneF1ItIsTheHigher() {
    EvaluationRows rows =
        TestRows.of(new double[] {.9, .8, .7, .6}, new double[] {1, 0, 0, 1}); // 2 / 3 at .9 and .6

    assertThat(metric().compute(rows)).hasValue(.9);
  }
}
