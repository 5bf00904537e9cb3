package org.mtl4j.models.singletask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.ForwardTest;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.models.TaskGradients;

class SingleTaskTest extends ForwardTest {
  @Override
  protected MultiTaskModel model() {
    return new SingleTask(List.of(10, 6), 0);
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
  void taskReachesItsOwnNetworkAndTheEmbeddingsOnly() {
    TaskGradients gradients = TaskGradients.of(model(), PROBLEM);
    for (FittedTask task : PROBLEM.tasks()) {
      for (FittedTask other : PROBLEM.tasks()) {
        assertThat(gradients.reaches(task.name(), "tower_" + other.name()))
            .as("%s on the tower of %s", task.name(), other.name())
            .isEqualTo(task.equals(other));
        assertThat(gradients.reaches(task.name(), "head_" + other.name()))
            .as("%s on the head of %s", task.name(), other.name())
            .isEqualTo(task.equals(other));
      }
      assertThat(gradients.reaches(task.name(), "embedding_store/")).isTrue();
    }
  }
}
