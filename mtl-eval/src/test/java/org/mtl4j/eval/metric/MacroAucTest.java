package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;

class MacroAucTest extends MetricContractTest {
  private final MacroAuc auc = new MacroAuc();

  @Override
  protected MacroAuc metric() {
    return auc;
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Multilabel.class);
  }

  /**
   * Of the first class every pair is in order, of the second one of two, of the third there is
   * none.
   */
  @Test
  void isTheMeanOverTheClassesThatSomeRowsHaveAndSomeHaveNot() {
    EvaluationRows rows =
        TestRows.sets(
            3,
            new double[] {.9, .5, .1, .4, .6, .2, .3, .1, .9},
            new double[] {1, 1, 0, 0, 0, 0, 0, 0, 0});

    assertThat(auc.compute(rows).orElseThrow()).isCloseTo((1 + .5) / 2, within(1e-15));
    assertThat(auc.caveat(rows, List.of("Drama", "War", "Western")))
        .contains(
            "is the mean over 2 of 3 classes: Western without both a positive and a negative row");
  }

  @Test
  void rowsThatWeighNothingGiveNoClassAPositive() {
    double[] labels = {1, 0, 0, 1};
    double[] predictions = {.9, .5, .1, .4};
    EvaluationRows rows =
        new EvaluationRows(predictions, 2, labels, new double[] {1, 0}, Optional.empty());

    assertThat(auc.compute(rows)).isEmpty();
    assertThat(auc.whyUndefined(rows))
        .isEqualTo("no class has both a positive and a negative row among 2 rows");
    assertThat(auc.caveat(TestRows.sets(2, predictions, labels), List.of("a", "b"))).isEmpty();
  }

  @Test
  void fiveClassesAreNamedAtMost() {
    EvaluationRows rows =
        TestRows.sets(7, new double[14], new double[] {0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0});

    assertThat(auc.caveat(rows, List.of("a", "b", "c", "d", "e", "f", "g")))
        .contains(
            "is the mean over 1 of 7 classes: a, b, c, d, e, ... without both a positive and a"
                + " negative row");
  }
}
