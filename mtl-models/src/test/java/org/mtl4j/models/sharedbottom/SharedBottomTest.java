package org.mtl4j.models.sharedbottom;

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

class SharedBottomTest extends ForwardTest {
  @Override
  protected MultiTaskModel model() {
    return new SharedBottom(List.of(12, 10), List.of(8), 0);
  }

  /** h_t(f(x)). */
  @Override
  protected Map<String, double[]> hidden(PlainNetwork network, double[] x) {
    double[] shared = network.mlp("shared_bottom", 2, x);
    Map<String, double[]> hidden = new LinkedHashMap<>();
    for (FittedTask task : PROBLEM.tasks()) {
      hidden.put(task.name(), network.mlp("tower_" + task.name(), 1, shared));
    }
    return hidden;
  }

  @Test
  void taskReachesTheBottomAndItsOwnTower() {
    TaskGradients gradients = TaskGradients.of(model(), PROBLEM);
    for (FittedTask task : PROBLEM.tasks()) {
      assertThat(gradients.reaches(task.name(), "shared_bottom/")).as(task.name()).isTrue();
      for (FittedTask other : PROBLEM.tasks()) {
        assertThat(gradients.reaches(task.name(), "tower_" + other.name()))
            .as("%s on the tower of %s", task.name(), other.name())
            .isEqualTo(task.equals(other));
      }
    }
  }
}
