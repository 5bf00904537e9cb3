package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;

class TopAccuracyTest extends MetricContractTest {
  @Override
  protected TopAccuracy metric() {
    return new TopAccuracy(1);
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Multiclass.class, TaskType.Ordinal.class, TaskType.Multilabel.class);
  }

  /** The first row's label is one of two in a tie for the last place, the second's is above it. */
  @Test
  void tiesCountAsExpected() {
    EvaluationRows rows =
        TestRows.of(new double[] {.5, .2, .2, .1, .1, .1, .2, .6}, new double[] {1, 2});

    assertThat(new TopAccuracy(2).compute(rows).orElseThrow())
        .isCloseTo((.5 + 1) / 2, within(1e-15));
    assertThat(new TopAccuracy(4).compute(rows)).hasValue(1);
  }

  /** Of the three classes in a tie for two places one is the row's; its other one is below. */
  @Test
  void oneOfTheRowsClassesIsEnough() {
    double[] tied = {.5, .5, .5, .1, .9, .1, .1, .1};
    EvaluationRows rows = TestRows.sets(4, tied, new double[] {1, 0, 0, 1, 0, 0, 0, 0});

    assertThat(new TopAccuracy(2).compute(rows).orElseThrow()).isCloseTo(2 / 3.0, within(1e-15));
  }

  @Test
  void rowsWithoutAClassAreUndefined() {
    EvaluationRows rows = TestRows.sets(2, new double[] {.5, .1}, new double[] {0, 0});

    assertThat(metric().compute(rows)).isEmpty();
    assertThat(metric().whyUndefined(rows)).isEqualTo("none of 1 rows has a class");
  }
}
