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

class AucTest extends MetricContractTest {
  private final Auc auc = new Auc();

  @Override
  protected Auc metric() {
    return auc;
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Binary.class);
  }

  @Test
  void equalsTheShareOfPairsInOrder() {
    EvaluationRows rows = RandomRows.of(new TaskType.Binary(List.of()), 80, TestSeed.random());

    assertThat(auc.compute(rows).orElseThrow())
        .as("seed %d", TestSeed.value())
        .isCloseTo(shareOfPairsInOrder(rows), within(1e-12));
  }

  @Test
  void aPerfectRankingIsOneAndItsReverseZero() {
    double[] labels = {0, 0, 1, 1};

    assertThat(auc.compute(TestRows.of(new double[] {.1, .2, .3, .4}, labels))).hasValue(1);
    assertThat(auc.compute(TestRows.of(new double[] {.4, .3, .2, .1}, labels))).hasValue(0);
  }

  @Test
  void allTiedIsOneHalf() {
    assertThat(auc.compute(TestRows.of(new double[] {.3, .3, .3}, new double[] {1, 0, 1})))
        .hasValue(0.5);
  }

  @Test
  void zeroAndMinusZeroAreTied() {
    assertThat(auc.compute(TestRows.of(new double[] {0.0, -0.0}, new double[] {0, 1})))
        .hasValue(0.5);
  }

  @Test
  void scoresThatDifferInTheLastBitAreNotTied() {
    assertThat(auc.compute(TestRows.of(new double[] {.5, Math.nextUp(.5)}, new double[] {0, 1})))
        .hasValue(1);
  }

  @Test
  void oneClassIsUndefinedAndSaysSo() {
    EvaluationRows rows = TestRows.of(new double[] {.1, .2, .3}, new double[] {1, 1, 1});

    assertThat(auc.compute(rows)).isEmpty();
    assertThat(auc.whyUndefined(rows)).isEqualTo("one class only among 3 rows");
  }

  @Test
  void aClassThatWeighsNothingIsAbsent() {
    EvaluationRows rows =
        TestRows.weighted(
            new double[] {.1, .2, .3}, new double[] {0, 1, 1}, new double[] {0, 1, 1});

    assertThat(auc.compute(rows)).isEmpty();
    assertThat(auc.whyUndefined(rows)).isEqualTo("one class only among 2 rows");
  }

  @Test
  void oneRowIsUndefined() {
    assertThat(auc.compute(TestRows.of(new double[] {.1}, new double[] {1}))).isEmpty();
  }

  /** The definition: over all pairs of a positive and a negative. */
  private static double shareOfPairsInOrder(EvaluationRows rows) {
    double inOrder = 0;
    double pairs = 0;
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < rows.size(); j++) {
        if (rows.labels().get(i) == 1 && rows.labels().get(j) == 0) {
          double weight = rows.weight(i) * rows.weight(j);
          int order = Double.compare(rows.predictions().get(i), rows.predictions().get(j));
          inOrder += weight * (order + 1) / 2;
          pairs += weight;
        }
      }
    }
    return inOrder / pairs;
  }
}
