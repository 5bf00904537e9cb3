package org.mtl4j.models.omoe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.models.ForwardTest;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.models.SameLosses;
import org.mtl4j.models.TaskGradients;
import org.mtl4j.models.mmoe.Mmoe;
import org.mtl4j.testkit.PlainLayers;

class OmoeTest extends ForwardTest {
  private static final int EXPERTS = 3;

  @Override
  protected MultiTaskModel model() {
    return new Omoe(EXPERTS, List.of(10, 8), List.of(6), 0);
  }

  /** h_t(sum_i g(x)_i f_i(x)) with g(x) = softmax(W x + b). */
  @Override
  protected Map<String, double[]> hidden(PlainNetwork network, double[] x) {
    double[] gate = PlainLayers.softmax(network.linear("omoe/gate", x));
    double[] mixed = PlainNetwork.mixed(gate, network.experts("omoe/experts", EXPERTS, 2, x));
    Map<String, double[]> hidden = new LinkedHashMap<>();
    for (FittedTask task : PROBLEM.tasks()) {
      hidden.put(task.name(), network.mlp("tower_" + task.name(), 1, mixed));
    }
    return hidden;
  }

  @Test
  void oneExpertIsMixedToo() {
    Omoe one = new Omoe(1, List.of(4), List.of(), 0);
    assertThat(TaskGradients.of(one, PROBLEM).reaches("click", "omoe/experts/")).isTrue();
  }

  @Test
  void mmoeWithEqualGatesIsTheSame() {
    SameLosses.assertSame(
        new Mmoe(EXPERTS, List.of(10, 8), List.of(6), 0),
        model(),
        PROBLEM,
        name -> name.replaceFirst("^mmoe/gate_[a-z]+", "omoe/gate").replace("mmoe/", "omoe/"));
  }
}
