package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
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

  @Test
  void silhouetteIsTheLastColumn() {
    double[] predictions = {0.5, 0.5, 0.2, 0.9, 0.1, 0.8};
    assertThat(metric().compute(WeightedRows.of(3, predictions, 0, 0)).orElseThrow())
        .isCloseTo((0.2 + 2 * 0.8) / 3, within(1e-12));
  }
}
