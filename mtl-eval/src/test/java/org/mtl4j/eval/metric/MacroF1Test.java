package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;

class MacroF1Test extends MetricContractTest {
  private final MacroF1 f1 = new MacroF1();

  @Override
  protected MacroF1 metric() {
    return f1;
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Multilabel.class, TaskType.Multiclass.class, TaskType.Ordinal.class);
  }

  /** 2 / (2 + 1) of the first, nothing right of the second, nobody has or gets the third. */
  @Test
  void classesThatNobodyHasOrGetsAreLeftOut() {
    EvaluationRows rows =
        TestRows.sets(3, new double[] {.9, .6, .1, .8, .2, .5}, new double[] {1, 0, 0, 0, 0, 0});

    assertThat(f1.compute(rows).orElseThrow()).isCloseTo((2.0 / 3 + 0) / 2, within(1e-15));
    assertThat(f1.caveat(rows, List.of("Drama", "War", "Western")))
        .contains(
            "is the mean over 2 of 3 classes: Western without a row that has it, in fact or as"
                + " predicted");
  }

  /**
   * One of two a's is right and the b is taken for one: 2 / (2 + 1 + 1); no b is right: 0; no c at
   * all.
   */
  @Test
  void ofOneClassARowTheMostProbableIsPredicted() {
    EvaluationRows rows =
        TestRows.of(new double[] {.6, .3, .1, .2, .7, .1, .5, .4, .1}, new double[] {0, 0, 1});

    assertThat(f1.compute(rows).orElseThrow()).isCloseTo((2 / 4.0 + 0) / 2, within(1e-15));
    assertThat(f1.caveat(rows, List.of("a", "b", "c")))
        .contains(
            "is the mean over 2 of 3 classes: c without a row that has it, in fact or as predicted");
  }
}
