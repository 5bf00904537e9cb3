package org.mtl4j.models.component;

import java.util.List;
import java.util.Map;
import org.mtl4j.core.graph.Mlp;
import org.mtl4j.models.PlainNetwork;
import org.mtl4j.testkit.LayerContractTest;
import org.mtl4j.testkit.LayerHarness;
import org.mtl4j.testkit.PlainLayers;

/** Two layers over x, scaled by gates over x too. */
class ScaledMlpTest extends LayerContractTest {
  @Override
  protected Class<?> subject() {
    return ScaledMlp.class;
  }

  @Override
  protected LayerHarness.Layer layer() {
    ScaledMlp layers = new ScaledMlp(new Mlp(List.of(5, 3), 0.5), new Mlp(List.of(4), 0.5));
    return (context, x) -> layers.apply(context, x, x);
  }

  @Override
  protected int width() {
    return 4;
  }

  @Override
  protected double[] plain(Map<String, double[]> variables, double[] x) {
    double[] hidden = x;
    for (int layer = 1; layer <= 2; layer++) {
      double[] sums = PlainLayers.linear(variables, "layer/dense_" + layer, hidden);
      double[] scale = PlainNetwork.scale(variables, "layer/gate_" + layer, x);
      hidden = PlainNetwork.scaled(PlainLayers.relu(sums), scale);
    }
    return hidden;
  }
}
