package org.mtl4j.models.sharedembedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.ForwardTest;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.models.TaskGradients;

class SharedEmbeddingTest extends ForwardTest {
  @Override
  protected MultiTaskModel model() {
    return new SharedEmbedding(List.of(10, 6), 0, Normalization.NONE);
  }

  @Override
  protected Map<String, double[]> hidden(PlainNetwork network, double[] x) {
    Map<String, double[]> hidden = new LinkedHashMap<>();
    for (FittedTask task : PROBLEM.tasks()) {
      hidden.put(task.name(), network.mlp("tower_" + task.name(), 2, x));
    }
    return hidden;
  }

  @Test
  void everyTaskTrainsTheTablesAndNoOthersTower() {
    TaskGradients gradients = TaskGradients.of(model(), PROBLEM);
    for (FittedTask task : PROBLEM.tasks()) {
      assertThat(gradients.reaches(task.name(), "embedding_store/")).as(task.name()).isTrue();
      for (FittedTask other : PROBLEM.tasks()) {
        assertThat(gradients.reaches(task.name(), "tower_" + other.name()))
            .as("%s on the tower of %s", task.name(), other.name())
            .isEqualTo(task.equals(other));
      }
    }
  }
}
