package org.mtl4j.testkit;

import java.util.Map;
import org.mtl4j.core.graph.Normalization;

class LayerNormalizationTest extends LayerContractTest {
  @Override
  protected Class<?> subject() {
    return Normalization.class;
  }

  @Override
  protected LayerHarness.Layer layer() {
    return Normalization.LAYER::apply;
  }

  @Override
  protected int width() {
    return 4;
  }

  @Override
  protected double[] plain(Map<String, double[]> variables, double[] x) {
    double mean = 0;
    for (double value : x) {
      mean += value / x.length;
    }
    double variance = 0;
    for (double value : x) {
      variance += (value - mean) * (value - mean) / x.length;
    }
    double[] normal = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      normal[i] =
          variables.get("layer/gamma")[i] * (x[i] - mean) / Math.sqrt(variance + 0.001)
              + variables.get("layer/beta")[i];
    }
    return normal;
  }
}
