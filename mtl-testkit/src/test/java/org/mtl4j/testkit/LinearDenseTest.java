package org.mtl4j.testkit;

import java.util.Map;
import org.mtl4j.core.graph.Activation;
import org.mtl4j.core.graph.Dense;

class LinearDenseTest extends LayerContractTest {
  @Override
  protected Class<?> subject() {
    return Dense.class;
  }

  @Override
  protected LayerHarness.Layer layer() {
    return new Dense(2, Activation.LINEAR)::apply;
  }

  @Override
  protected int width() {
    return 5;
  }

  @Override
  protected double[] plain(Map<String, double[]> variables, double[] x) {
    return PlainLayers.linear(variables, "layer", x);
  }
}
