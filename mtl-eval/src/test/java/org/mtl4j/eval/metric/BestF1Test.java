package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;
import org.mtl4j.testkit.RandomRows;
import org.mtl4j.testkit.TestSeed;

class BestF1Test extends MetricContractTest {
  @Override
  protected BestF1 metric() {
    return new BestF1();
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Binary.class);
  }

  @Test
  void isTheLargestOfAllThresholds() {
    EvaluationRows rows = RandomRows.of(new TaskType.Binary(List.of()), 60, TestSeed.random());
    double expected =
        DoubleStream.of(Cuts.thresholds(rows))
            .map(threshold -> Cuts.at(rows, threshold).f1())
            .filter(f1 -> !Double.isNaN(f1))
            .max()
            .orElseThrow();

    assertThat(metric().compute(rows).orElseThrow())
        .as("seed %d", TestSeed.value())
        .isCloseTo(expected, within(1e-12));
  }

  @Test
  void withoutAPositiveItIsUndefined() {
    EvaluationRows none = TestRows.of(new double[] {.3, .2}, new double[] {0, 0});

    assertThat(metric().compute(none)).isEmpty();
    assertThat(metric().whyUndefined(none)).isEqualTo("no positive among 2 rows");
  }
}
