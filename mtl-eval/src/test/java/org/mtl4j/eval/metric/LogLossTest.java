package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;

class LogLossTest extends MetricContractTest {
  private final LogLoss logLoss = new LogLoss();

  @Override
  protected LogLoss metric() {
    return logLoss;
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
  void isTheMeanOfMinusLogOfTheLabelsProbability() {
    double loss =
        logLoss.compute(TestRows.of(new double[] {.8, .4}, new double[] {1, 0})).orElseThrow();

    assertThat(loss).isCloseTo(-(Math.log(.8) + Math.log(.6)) / 2, within(1e-15));
  }

  @Test
  void classesAreReadRowByRow() {
    double[] predictions = {.2, .3, .5, .7, .2, .1};

    double loss = logLoss.compute(TestRows.of(predictions, new double[] {2, 0})).orElseThrow();

    assertThat(loss).isCloseTo(-(Math.log(.5) + Math.log(.7)) / 2, within(1e-15));
  }

  @Test
  void ofSetsItIsTheMeanOverTheirClasses() {
    double[] predictions = {.2, .9, .7, .4};
    double[] labels = {0, 1, 1, 1};

    double loss = logLoss.compute(TestRows.sets(2, predictions, labels)).orElseThrow();

    double sum = Math.log(.8) + Math.log(.9) + Math.log(.7) + Math.log(.4);
    assertThat(loss).isCloseTo(-sum / 4, within(1e-15));
  }

  @Test
  void certaintyThatIsWrongCostsFiftyTwoBits() {
    double wrong = 52 * Math.log(2);

    assertThat(logLoss.compute(TestRows.of(new double[] {0}, new double[] {1})).orElseThrow())
        .isCloseTo(wrong, within(1e-12));
    assertThat(logLoss.compute(TestRows.of(new double[] {1}, new double[] {0})).orElseThrow())
        .isCloseTo(wrong, within(1e-12));
    assertThat(logLoss.compute(TestRows.of(new double[] {1, 0}, new double[] {1})).orElseThrow())
        .isCloseTo(wrong, within(1e-12));
  }

  @Test
  void certaintyThatIsRightCostsNextToNothing() {
    assertThat(logLoss.compute(TestRows.of(new double[] {1}, new double[] {1})).orElseThrow())
        .isBetween(0.0, 1e-15);
  }
}
