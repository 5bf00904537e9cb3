package org.mtl4j.models.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.MatrixProducts;
import org.mtl4j.testkit.LayerContractTest;
import org.mtl4j.testkit.LayerHarness;
import org.mtl4j.testkit.PlainLayers;
import org.mtl4j.testkit.TestSeed;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** Experts of three layers, mixed by a gate, by one way to take their matrix products. */
abstract class ExpertsContractTest extends LayerContractTest {
  static final int IN = 4;
  static final int EXPERTS = 3;
  private static final List<Integer> LAYERS = List.of(5, 3, 2);

  private final MatrixProducts products;

  ExpertsContractTest(MatrixProducts products) {
    this.products = products;
  }

  @Override
  protected LayerHarness.Layer layer() {
    return layer(products);
  }

  /** Experts and a gate. */
  static LayerHarness.Layer layer(MatrixProducts products) {
    return (context, x) -> {
      GraphContext scope = context.with(products);
      GraphContext gateScope = scope.scope("gate");
      Operand<TFloating> gate = Experts.gate(gateScope, x, EXPERTS);
      return new Experts(EXPERTS, LAYERS, 0.5)
          .apply(scope.scope("experts"), x)
          .mix(gateScope, gate);
    };
  }

  @Override
  protected int width() {
    return IN;
  }

  /** sum_e softmax(W x + b)_e f_e(x). */
  @Override
  protected double[] plain(Map<String, double[]> variables, double[] x) {
    double[] gate = PlainLayers.softmax(PlainLayers.linear(variables, "layer/gate", x));
    double[] mixed = new double[LAYERS.get(LAYERS.size() - 1)];
    for (int e = 0; e < EXPERTS; e++) {
      double[] hidden = x;
      for (int layer = 1; layer <= LAYERS.size(); layer++) {
        hidden = expertLayer(variables, layer, e, hidden);
      }
      for (int u = 0; u < mixed.length; u++) {
        mixed[u] += gate[e] * hidden[u];
      }
    }
    return mixed;
  }

  private static double[] expertLayer(
      Map<String, double[]> variables, int layer, int expert, double[] x) {
    int units = LAYERS.get(layer - 1);
    double[] kernels = variables.get("layer/experts/dense_%d/kernel".formatted(layer));
    double[] biases = variables.get("layer/experts/dense_%d/bias".formatted(layer));
    int size = x.length * units;
    double[] kernel = Arrays.copyOfRange(kernels, expert * size, (expert + 1) * size);
    double[] bias = Arrays.copyOfRange(biases, expert * units, (expert + 1) * units);
    return PlainLayers.relu(PlainLayers.linear(kernel, bias, x));
  }

  /** A layer of one expert in training, against the same in inference. */
  @Test
  void everyLayerOfEveryExpertIsFollowedByDropoutWithAMaskOfItsOwn() {
    int rows = 40;
    for (int depth = 1; depth <= 2; depth++) {
      Experts experts = new Experts(EXPERTS, LAYERS.subList(0, depth), 0.5);
      int last = depth;
      List<double[]> masks = new ArrayList<>();
      for (int e = 0; e < EXPERTS; e++) {
        LayerHarness.Layer one = one(experts, rows, e);
        try (LayerHarness training = new LayerHarness(true, IN, one);
            LayerHarness inference = new LayerHarness(false, IN, one)) {
          Map<String, double[]> point = training.point(rows, TestSeed.random());
          // With layers that give positive numbers only, a 0 is dropout's.
          Arrays.fill(point.get("layer/dense_" + last + "/kernel"), 0);
          Arrays.fill(point.get("layer/dense_" + last + "/bias"), 1);
          assertThat(inference.forward(point)).containsOnly(1);
          double[] mask = training.forward(point);
          assertThat(mask)
              .as("layer %d of expert %d, seed %d", last, e, TestSeed.value())
              .contains(0, 2)
              .containsOnly(0, 2);
          assertThat(masks).as("seed %d", TestSeed.value()).doesNotContain(mask);
          masks.add(mask);
        }
      }
    }
  }

  @Test
  void eachIsWhatAGateGivesThatIsOpenToNoOther() {
    int rows = 6;
    Experts experts = new Experts(EXPERTS, LAYERS, 0.5);
    for (int e = 0; e < EXPERTS; e++) {
      int expert = e;
      LayerHarness.Layer each =
          (context, x) -> experts.apply(context.with(products), x).each(context).get(expert);
      try (LayerHarness own = new LayerHarness(false, IN, each);
          LayerHarness mixed = new LayerHarness(false, IN, one(experts, rows, e))) {
        Map<String, double[]> point = own.point(rows, TestSeed.random());
        assertThat(own.forward(point))
            .as("expert %d, seed %d", e, TestSeed.value())
            .containsExactly(mixed.forward(point), within(1e-13));
      }
    }
  }

  /** The output of one expert, as that of a gate which is open to no other. */
  private LayerHarness.Layer one(Experts experts, int rows, int expert) {
    double[][] gate = new double[rows][EXPERTS];
    for (double[] row : gate) {
      row[expert] = 1;
    }
    return (context, x) ->
        experts
            .apply(context.with(products), x)
            .mix(context, context.toFloating(context.tf().constant(gate)));
  }
}
