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

class KsTest extends MetricContractTest {
  @Override
  protected Ks metric() {
    return new Ks();
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Binary.class);
  }

  @Test
  void equalsTheLargestLeadOverAllThresholds() {
    EvaluationRows rows = RandomRows.of(new TaskType.Binary(List.of()), 60, TestSeed.random());
    double expected = 0;
    for (double threshold : Cuts.thresholds(rows)) {
      Cuts cut = Cuts.at(rows, threshold);
      double falsePositiveRate =
          cut.falsePositives() / (cut.falsePositives() + cut.trueNegatives());
      expected = Math.max(expected, cut.recall() - falsePositiveRate);
    }

    assertThat(metric().compute(rows).orElseThrow())
        .as("seed %d", TestSeed.value())
        .isCloseTo(expected, within(1e-12));
  }

  @Test
  void reversedAndTiedScoresHaveNoLead() {
    double[] labels = {1, 0};

    assertThat(metric().compute(TestRows.of(new double[] {.1, .9}, labels))).hasValue(0);
    assertThat(metric().compute(TestRows.of(new double[] {.5, .5}, labels))).hasValue(0);
    assertThat(metric().compute(TestRows.of(new double[] {.9, .1}, labels))).hasValue(1);
  }

  @Test
  void oneClassIsUndefined() {
    EvaluationRows rows = TestRows.of(new double[] {.1}, new double[] {1});

    assertThat(metric().compute(rows)).isEmpty();
    assertThat(metric().whyUndefined(rows)).isEqualTo("one class only among 1 rows");
  }
}
