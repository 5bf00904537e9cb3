package org.mtl4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.graph.Mlp;

class MlpTest extends LayerContractTest {
  @Override
  protected Class<?> subject() {
    return Mlp.class;
  }

  @Override
  protected LayerHarness.Layer layer() {
    return new Mlp(List.of(6, 4), 0.5)::apply;
  }

  @Override
  protected int width() {
    return 3;
  }

  @Override
  protected double[] plain(Map<String, double[]> variables, double[] x) {
    return layer(variables, "layer/dense_2", layer(variables, "layer/dense_1", x));
  }

  @Test
  void stackWithoutLayersGivesItsInputBack() {
    try (LayerHarness harness = new LayerHarness(true, 3, new Mlp(List.of(), 0.5)::apply)) {
      Map<String, double[]> point = harness.point(4, TestSeed.random());
      assertThat(point).containsOnlyKeys(LayerHarness.X);
      assertThat(harness.forward(point)).isEqualTo(point.get(LayerHarness.X));
    }
  }

  @Test
  void everyLayerIsFollowedByDropoutWithAMaskOfItsOwn() {
    int rows = 8;
    Map<String, double[]> point;
    double[] output;
    try (LayerHarness harness = new LayerHarness(true, width(), layer())) {
      point = harness.point(rows, TestSeed.random());
      output = harness.forward(point);
    }
    double[] first = mask("dense_1", rows, 6);
    double[] second = mask("dense_2", rows, 4);
    for (int row = 0; row < rows; row++) {
      double[] x = LayerHarness.row(point.get(LayerHarness.X), width(), row);
      double[] hidden = times(layer(point, "layer/dense_1", x), first, row);
      double[] expected = times(layer(point, "layer/dense_2", hidden), second, row);
      for (int u = 0; u < expected.length; u++) {
        double actual = output[row * expected.length + u];
        Slopes.assertNear(actual, expected[u], 1e-12, "row " + row);
      }
    }
  }

  private static double[] layer(Map<String, double[]> variables, String scope, double[] x) {
    return PlainLayers.relu(PlainLayers.linear(variables, scope, x));
  }

  /** What dropout in that scope multiplies by: 0, or 2 at the rate of a half. */
  private static double[] mask(String scope, int rows, int width) {
    LayerHarness.Layer dropout = (context, x) -> context.scope(scope).dropout(x, 0.5);
    double[] ones = new double[rows * width];
    Arrays.fill(ones, 1);
    try (LayerHarness harness = new LayerHarness(true, width, dropout)) {
      double[] mask = harness.forward(Map.of(LayerHarness.X, ones));
      assertThat(mask).as("seed %d", TestSeed.value()).contains(0, 2);
      return mask;
    }
  }

  private static double[] times(double[] values, double[] mask, int row) {
    double[] product = values.clone();
    for (int i = 0; i < values.length; i++) {
      product[i] *= mask[row * values.length + i];
    }
    return product;
  }
}
