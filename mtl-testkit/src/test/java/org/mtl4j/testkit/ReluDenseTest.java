package org.mtl4j.testkit;

import java.util.Map;
import org.mtl4j.core.graph.Activation;
import org.mtl4j.core.graph.Dense;

class ReluDenseTest extends LayerContractTest {
  @Override
  protected Class<?> subject() {
    return Dense.class;
  }

  @Override
  protected LayerHarness.Layer layer() {
    return new Dense(4, Activation.RELU)::apply;
  }

  @Override
  protected int width() {
    return 3;
  }

  @Override
  protected double[] plain(Map<String, double[]> variables, double[] x) {
    return PlainLayers.relu(PlainLayers.linear(variables, "layer", x));
  }
}
