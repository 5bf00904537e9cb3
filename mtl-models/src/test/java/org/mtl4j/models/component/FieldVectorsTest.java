package org.mtl4j.models.component;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.mtl4j.core.feature.FeatureTensors;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.testkit.LayerContractTest;
import org.mtl4j.testkit.LayerHarness;
import org.mtl4j.testkit.SmallProblem;

/** Two features side by side, of width 2 and 4, as vectors of width 4. */
class FieldVectorsTest extends LayerContractTest {
  private static final int DIM = 4;

  @Override
  protected Class<?> subject() {
    return FieldVectors.class;
  }

  @Override
  protected LayerHarness.Layer layer() {
    return (context, x) -> {
      FeatureTensors.Block block =
          new FeatureTensors.Block(
              x,
              List.of(
                  new FeatureTensors.Part(feature("hour"), 0, 2),
                  new FeatureTensors.Part(feature("user"), 2, DIM)));
      FeatureTensors features = new FeatureTensors(context, List.of(block));
      var tf = context.tf();
      return tf.concat(FieldVectors.of(context, features, DIM), tf.constant(1));
    };
  }

  private static FittedFeature feature(String name) {
    return SmallProblem.withFunnel("click").pipeline().features().stream()
        .filter(feature -> feature.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Override
  protected int width() {
    return 2 + DIM;
  }

  @Override
  protected double[] plain(Map<String, double[]> variables, double[] x) {
    double[] kernel = variables.get("layer/hour/kernel");
    double[] first = new double[DIM];
    Arrays.setAll(first, d -> x[0] * kernel[d] + x[1] * kernel[DIM + d]);
    return DoubleStream.concat(Arrays.stream(first), Arrays.stream(x, 2, 2 + DIM)).toArray();
  }
}
