package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;

class MeanSilhouetteTest extends MetricContractTest {
  @Override
  protected MeanSilhouette metric() {
    return new MeanSilhouette();
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Clustering.class);
  }

  private static EvaluationRows rows(int width, double[] predictions, double... labels) {
    double[] weights = new double[labels.length];
    for (int row = 0; row < weights.length; row++) {
      weights[row] = 1 + row;
    }
    return new EvaluationRows(predictions, width, labels, weights, Optional.empty());
  }

  @Test
  void silhouetteIsTheLastColumn() {
    double[] predictions = {0.5, 0.5, 0.2, 0.9, 0.1, 0.8};
    assertThat(metric().compute(rows(3, predictions, 0, 0)).orElseThrow())
        .isCloseTo((0.2 + 2 * 0.8) / 3, within(1e-12));
  }
}
