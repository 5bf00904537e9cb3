package org.mtl4j.models.crossstitch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.ForwardTest;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.models.TaskGradients;
import org.mtl4j.testkit.PlainLayers;

class CrossStitchTest extends ForwardTest {
  private static final int LAYERS = 2;

  @Override
  protected MultiTaskModel model() {
    return new CrossStitch(List.of(10, 6), 0.8, 0);
  }

  /** After each layer h~_t = sum_s a_(t,s) h_s. */
  @Override
  protected Map<String, double[]> hidden(PlainNetwork network, double[] x) {
    List<FittedTask> tasks = PROBLEM.tasks();
    List<double[]> inputs = new ArrayList<>();
    tasks.forEach(task -> inputs.add(x));
    for (int layer = 1; layer <= LAYERS; layer++) {
      List<double[]> active = new ArrayList<>();
      for (int t = 0; t < tasks.size(); t++) {
        String scope = "cross_stitch/task_" + tasks.get(t).name() + "/dense_" + layer;
        active.add(PlainLayers.relu(network.linear(scope, inputs.get(t))));
      }
      double[] weights = network.variable("cross_stitch/stitch_" + layer + "/weights");
      for (int t = 0; t < tasks.size(); t++) {
        inputs.set(t, mixed(weights, t, active));
      }
    }
    Map<String, double[]> hidden = new LinkedHashMap<>();
    for (int t = 0; t < tasks.size(); t++) {
      hidden.put(tasks.get(t).name(), inputs.get(t));
    }
    return hidden;
  }

  private static double[] mixed(double[] weights, int to, List<double[]> active) {
    double[] sum = new double[active.get(0).length];
    for (int from = 0; from < active.size(); from++) {
      for (int u = 0; u < sum.length; u++) {
        sum[u] += weights[to * active.size() + from] * active.get(from)[u];
      }
    }
    return sum;
  }

  @Test
  void taskReachesEveryTasksNetworkThroughTheStitches() {
    TaskGradients gradients = TaskGradients.of(model(), PROBLEM);
    for (FittedTask task : PROBLEM.tasks()) {
      for (FittedTask other : PROBLEM.tasks()) {
        assertThat(gradients.reaches(task.name(), "cross_stitch/task_" + other.name()))
            .as("%s on the network of %s", task.name(), other.name())
            .isTrue();
        assertThat(gradients.reaches(task.name(), "head_" + other.name()))
            .as("%s on the head of %s", task.name(), other.name())
            .isEqualTo(task.equals(other));
      }
    }
  }
}
