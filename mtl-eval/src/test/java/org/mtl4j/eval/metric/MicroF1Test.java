package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;

class MicroF1Test extends MetricContractTest {
  private final MicroF1 f1 = new MicroF1();

  @Override
  protected MicroF1 metric() {
    return f1;
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Multilabel.class, TaskType.Multiclass.class, TaskType.Ordinal.class);
  }

  /** Two right, one too many, one missing: precision 2/3, recall 2/3. */
  @Test
  void countsTheLabelsOfAllClassesTogether() {
    EvaluationRows rows =
        TestRows.sets(3, new double[] {.9, .6, .1, .8, .2, .5}, new double[] {1, 0, 0, 1, 0, 1});

    assertThat(f1.compute(rows).orElseThrow()).isCloseTo(2.0 / 3, within(1e-15));
  }

  @Test
  void setsThatAreEmptyAndPredictedSoAreUndefined() {
    EvaluationRows rows = TestRows.sets(2, new double[] {.1, .5}, new double[] {0, 0});

    assertThat(f1.compute(rows)).isEmpty();
    assertThat(f1.whyUndefined(rows))
        .isEqualTo("none of 1 rows has a class, in fact or as predicted");
  }
}
