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
    return List.of(TaskType.Multilabel.class);
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
}
