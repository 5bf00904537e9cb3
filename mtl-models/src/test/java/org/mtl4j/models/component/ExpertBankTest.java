package org.mtl4j.models.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.testkit.LayerContractTest;
import org.mtl4j.testkit.LayerHarness;
import org.mtl4j.testkit.PlainLayers;
import org.mtl4j.testkit.TestSeed;

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

  /** Or integrated gradients would not add up to the prediction. */
  @Test
  void stoppedExpertsHaveTheirSlopesWhereNothingIsTrained() {
    Random random = TestSeed.random();
    LayerHarness.Layer stopped =
        (context, x) -> {
          Experts experts = new Experts(2, List.of(3), 0, Normalization.NONE);
          Gates gates = GatesTest.over(context, x);
          ExpertBank bank =
              ExpertBank.of(context.scope("bank"), "bank", experts, x, gates).stopped(context);
          return ExpertBank.mix(context, List.of(bank), Experts.gate(context.scope("gate"), x, 2));
        };
    try (LayerHarness harness = new LayerHarness(false, width(), stopped)) {
      harness.checkGradients(harness.pointAwayFromKinks(4, random), random);
    }
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
