package org.mtl4j.models.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.testkit.LayerContractTest;
import org.mtl4j.testkit.LayerHarness;
import org.mtl4j.testkit.PlainLayers;

/** Two banks at a gate. */
class ExpertBankTest extends LayerContractTest {
  @Override
  protected Class<?> subject() {
    return ExpertBank.class;
  }

  @Override
  protected LayerHarness.Layer layer() {
    return (context, x) -> {
      Gates gates = GatesTest.over(context, x);
      List<ExpertBank> banks = new ArrayList<>();
      for (int count : new int[] {2, 1}) {
        Experts experts = new Experts(count, List.of(3), 0.5, Normalization.NONE);
        banks.add(ExpertBank.of(context.scope("bank_" + count), "bank", experts, x, gates));
      }
      return ExpertBank.mix(context, banks, Experts.gate(context.scope("gate"), x, 3));
    };
  }

  @Override
  protected int width() {
    return 4;
  }

  @Override
  protected double[] plain(Map<String, double[]> variables, double[] x) {
    List<double[]> experts =
        new ArrayList<>(PlainNetwork.experts(variables, "layer/bank_2", 2, 1, x));
    experts.addAll(PlainNetwork.experts(variables, "layer/bank_1", 1, 1, x));
    double[] gate = PlainLayers.softmax(PlainLayers.linear(variables, "layer/gate", x));
    return PlainNetwork.mixed(gate, experts);
  }
}
