package org.mtl4j.testkit;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.mtl4j.core.graph.Activation;

/** All activations side by side, in the order of their constants. */
class ActivationTest extends LayerContractTest {
  @Override
  protected Class<?> subject() {
    return Activation.class;
  }

  @Override
  protected LayerHarness.Layer layer() {
    return (context, x) ->
        context
            .tf()
            .concat(
                Arrays.stream(Activation.values()).map(a -> a.apply(context, x)).toList(),
                context.tf().constant(1));
  }

  @Override
  protected int width() {
    return 2 * Activation.values().length;
  }

  @Override
  protected double[] plain(Map<String, double[]> variables, double[] x) {
    DoubleStream all = DoubleStream.empty();
    for (Activation activation : Activation.values()) {
      all = DoubleStream.concat(all, Arrays.stream(x).map(v -> plain(activation, v)));
    }
    return all.toArray();
  }

  private static double plain(Activation activation, double x) {
    return switch (activation) {
      case LINEAR -> x;
      case RELU -> x > 0 ? x : 0;
      case SWISH -> x / (1 + Math.exp(-x));
    };
  }
}
