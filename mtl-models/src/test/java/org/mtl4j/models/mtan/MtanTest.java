package org.mtl4j.models.mtan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.ForwardTest;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.models.TaskGradients;
import org.mtl4j.testkit.PlainLayers;

class MtanTest extends ForwardTest {
  private static final int LAYERS = 2;

  @Override
  protected MultiTaskModel model() {
    return new Mtan(List.of(10, 8), 5, List.of(6), 0, Normalization.NONE);
  }

  /** h_(t,j) = sigmoid(V relu(U [p_j, h_(t,j-1)])) p_j. */
  @Override
  protected Map<String, double[]> hidden(PlainNetwork network, double[] x) {
    Map<String, double[]> hidden = new LinkedHashMap<>();
    for (FittedTask task : PROBLEM.tasks()) {
      double[] shared = x;
      double[] attended = {};
      for (int j = 1; j <= LAYERS; j++) {
        shared = PlainLayers.relu(network.linear("mtan/shared/dense_" + j, shared));
        String module = "mtan/attention_%s/layer_%d".formatted(task.name(), j);
        double[] both =
            DoubleStream.concat(Arrays.stream(shared), Arrays.stream(attended)).toArray();
        double[] logits = network.linear(module + "/mask", network.mlp(module, 1, both));
        attended = new double[shared.length];
        for (int u = 0; u < shared.length; u++) {
          attended[u] = shared[u] / (1 + Math.exp(-logits[u]));
        }
      }
      hidden.put(task.name(), network.mlp("tower_" + task.name(), 1, attended));
    }
    return hidden;
  }

  @Test
  void taskReachesTheSharedNetworkAndItsOwnModules() {
    TaskGradients gradients = TaskGradients.of(model(), PROBLEM);
    for (FittedTask task : PROBLEM.tasks()) {
      assertThat(gradients.reaches(task.name(), "mtan/shared/dense_1")).isTrue();
      for (FittedTask other : PROBLEM.tasks()) {
        assertThat(gradients.reaches(task.name(), "mtan/attention_" + other.name()))
            .as("%s on the modules of %s", task.name(), other.name())
            .isEqualTo(task.equals(other));
      }
    }
  }

  @Test
  void wrongWidthIsRefusedByName() {
    assertThatThrownBy(() -> new Mtan(List.of(4), 0, List.of(), 0, Normalization.NONE))
        .hasMessage("attention_units: expected widths from 1 to 1048576, found [0]");
  }
}
