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

class PrAucTest extends MetricContractTest {
  @Override
  protected PrAuc metric() {
    return new PrAuc();
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Binary.class);
  }

  @Test
  void equalsPrecisionWeighedByTheRecallThatItAdds() {
    EvaluationRows rows = RandomRows.of(new TaskType.Binary(List.of()), 60, TestSeed.random());
    double expected = 0;
    double before = 0;
    for (double threshold : Cuts.thresholds(rows)) {
      Cuts cut = Cuts.at(rows, threshold);
      expected += (cut.recall() - before) * cut.precision();
      before = cut.recall();
    }

    assertThat(metric().compute(rows).orElseThrow())
        .as("seed %d", TestSeed.value())
        .isCloseTo(expected, within(1e-12));
  }

  @Test
  void allTiedIsTheShareOfPositives() {
    assertThat(
            metric().compute(TestRows.of(new double[] {.3, .3, .3, .3}, new double[] {1, 0, 0, 0})))
        .hasValue(0.25);
  }

  @Test
  void positivesAloneAreOneAndNoneIsUndefined() {
    EvaluationRows none = TestRows.of(new double[] {.3, .2}, new double[] {0, 0});

    assertThat(metric().compute(TestRows.of(new double[] {.3}, new double[] {1}))).hasValue(1);
    assertThat(metric().compute(none)).isEmpty();
    assertThat(metric().whyUndefined(none)).isEqualTo("no positive among 2 rows");
  }
}
