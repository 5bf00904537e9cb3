package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.task.ClusterRule;
import org.mtl4j.core.task.CodeSpec;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.testkit.MetricContractTest;

class ClusterNmiTest extends MetricContractTest {
  @Override
  protected ClusterNmi metric() {
    return new ClusterNmi();
  }

  @Override
  protected List<Class<? extends TaskType>> types() {
    return List.of(TaskType.Clustering.class);
  }

  /**
   * Labels 5, 5, 8 of weights 1, 2, 3 in clusters 0, 1, 1: scikit-learn's
   * normalized_mutual_info_score of [5, 5, 5, 8, 8, 8] and [0, 1, 1, 1, 1, 1].
   */
  @Test
  void entropiesAreByWeight() {
    double[] predictions = {0.6, 0.4, 2, 0.4, 0.6, 2, 0.1, 0.9, 2};
    assertThat(metric().compute(WeightedRows.of(3, predictions, 5, 5, 8)).orElseThrow())
        .isCloseTo(0.2313599, within(1e-6));
  }

  @Test
  void rowsWithoutTheLabelHaveNoSay() {
    double[] predictions = {0.6, 0.4, 2, 0.4, 0.6, 2, 0.1, 0.9, 2};
    assertThat(metric().compute(WeightedRows.of(3, predictions, 5, 8, -1)).orElseThrow())
        .isCloseTo(1, within(1e-12));
    EvaluationRows none = WeightedRows.of(3, predictions, -1, -1, -1);
    assertThat(metric().compute(none)).isEmpty();
    assertThat(metric().whyUndefined(none)).isEqualTo("no row of 3 has the label compared with");
  }

  @Test
  void clustersThatNothingIsComparedWithHaveNone() {
    CodeSpec code = new CodeSpec(Optional.empty(), 2, List.of());
    ClusterRule alone = new ClusterRule(3, 10, 0.1, 1, false);
    assertThat(metric().appliesTo(new TaskType.Clustering(code, alone))).isFalse();
  }
}
