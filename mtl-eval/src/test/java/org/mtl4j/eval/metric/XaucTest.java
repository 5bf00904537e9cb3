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

class XaucTest extends MetricContractTest {
  @Override
  protected Xauc metric() {
    return new Xauc();
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Regression.class);
  }

  @Test
  void equalsTheShareOfPairsInOrder() {
    EvaluationRows rows = TestRows.tiedRegression(TestSeed.random());
    double inOrder = 0;
    double pairs = 0;
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < rows.size(); j++) {
        if (rows.labels().get(i) > rows.labels().get(j)) {
          double weight = rows.weight(i) * rows.weight(j);
          int order = Double.compare(rows.predictions().get(i), rows.predictions().get(j));
          inOrder += weight * (order + 1) / 2;
          pairs += weight;
        }
      }
    }

    assertThat(metric().compute(rows).orElseThrow())
        .as("seed %d", TestSeed.value())
        .isCloseTo(inOrder / pairs, within(1e-12));
  }

  @Test
  void ofTwoLabelsItIsTheAuc() {
    EvaluationRows rows = RandomRows.of(new TaskType.Binary(List.of()), 60, TestSeed.random());

    assertThat(metric().compute(rows).orElseThrow())
        .as("seed %d", TestSeed.value())
        .isCloseTo(new Auc().compute(rows).orElseThrow(), within(1e-12));
  }

  @Test
  void equalLabelsAreUndefined() {
    EvaluationRows rows = TestRows.of(new double[] {1, 2}, new double[] {3, 3});

    assertThat(metric().compute(rows)).isEmpty();
    assertThat(metric().whyUndefined(rows)).isEqualTo("all labels are equal among 2 rows");
  }
}
