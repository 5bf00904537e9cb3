package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;

class AccuracyTest extends MetricContractTest {
  private final Accuracy accuracy = new Accuracy();

  @Override
  protected Accuracy metric() {
    return accuracy;
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(
        TaskType.Binary.class,
        TaskType.Multiclass.class,
        TaskType.Ordinal.class,
        TaskType.Multilabel.class);
  }

  @Test
  void aYesIsAboveOneHalf() {
    double[] predictions = {.5, Math.nextUp(.5), .9, .1};

    assertThat(accuracy.compute(TestRows.of(predictions, new double[] {0, 1, 0, 0})))
        .hasValue(0.75);
  }

  @Test
  void weightsDecideHowMuchARowCounts() {
    assertThat(
            accuracy.compute(
                TestRows.weighted(new double[] {.9, .9}, new double[] {1, 0}, new double[] {3, 1})))
        .hasValue(0.75);
  }

  @Test
  void theFirstOfTiedClassesIsTaken() {
    double[] predictions = {.4, .4, .2, .2, .4, .4};

    assertThat(accuracy.compute(TestRows.of(predictions, new double[] {0, 2}))).hasValue(0.5);
  }

  /** The second row has a class too many, the third one too few. */
  @Test
  void setsAreRightOnlyAsAWhole() {
    EvaluationRows rows =
        TestRows.sets(2, new double[] {.9, .1, .9, .6, .5, .1}, new double[] {1, 0, 1, 0, 1, 0});

    assertThat(metric().compute(rows).orElseThrow()).isCloseTo(1 / 3.0, within(1e-15));
  }
}
