package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;
import org.mtl4j.testkit.RandomRows;
import org.mtl4j.testkit.TestSeed;

class WeightedKappaTest extends MetricContractTest {
  @Override
  protected WeightedKappa metric() {
    return new WeightedKappa();
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Ordinal.class);
  }

  /** Cohen's table: observed and expected shares of pairs of classes, each by (i - j)^2. */
  @Test
  void isOneLessTheRatioOfObservedToExpectedDisagreement() {
    Random random = TestSeed.random();
    EvaluationRows rows = RandomRows.of(new TaskType.Ordinal(List.of()), 200, random);
    int classes = rows.width();
    double[][] table = new double[classes][classes];
    double total = 0;
    for (int row = 0; row < rows.size(); row++) {
      int best = 0;
      for (int c = 1; c < classes; c++) {
        double value = rows.predictions().get(row * classes + c);
        best = value > rows.predictions().get(row * classes + best) ? c : best;
      }
      table[(int) rows.labels().get(row)][best] += rows.weight(row);
      total += rows.weight(row);
    }
    double observed = 0;
    double expected = 0;
    for (int i = 0; i < classes; i++) {
      for (int j = 0; j < classes; j++) {
        double ofLabel = 0;
        double ofPrediction = 0;
        for (int k = 0; k < classes; k++) {
          ofLabel += table[i][k];
          ofPrediction += table[k][j];
        }
        observed += (i - j) * (i - j) * table[i][j];
        expected += (i - j) * (i - j) * ofLabel * ofPrediction / total;
      }
    }
    assertThat(metric().compute(rows).orElseThrow())
        .isCloseTo(1 - observed / expected, within(1e-12));
  }

  /** cohen_kappa_score([0, 1, 2, 2, 1, 0], [0, 2, 2, 1, 1, 1], weights="quadratic") is 4 / 7. */
  @Test
  void agreesWithScikitLearn() {
    double[] predictions = {.8, .1, .1, 0, .3, .7, 0, 0, 1, .2, .6, .2, 0, 1, 0, .1, .8, .1};

    assertThat(metric().compute(TestRows.of(predictions, new double[] {0, 1, 2, 2, 1, 0})))
        .hasValueCloseTo(4.0 / 7, within(1e-12));
  }

  @Test
  void oneClassThatIsTheOnlyOnePredictedSaysNothing() {
    EvaluationRows rows = TestRows.of(new double[] {.8, .2, .9, .1}, new double[] {0, 0});

    assertThat(metric().compute(rows)).isEmpty();
    assertThat(metric().whyUndefined(rows)).contains("2 rows have one class");
  }
}
