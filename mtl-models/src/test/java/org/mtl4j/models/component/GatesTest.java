package org.mtl4j.models.component;

import java.util.List;
import java.util.Map;
import org.mtl4j.core.feature.FeatureTensors;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.testkit.LayerContractTest;
import org.mtl4j.testkit.LayerHarness;
import org.mtl4j.testkit.PlainLayers;
import org.mtl4j.testkit.SmallProblem;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

class GatesTest extends LayerContractTest {
  private static final int WIDTH = 4;

  @Override
  protected Class<?> subject() {
    return Gates.class;
  }

  /** No gates of a pass over x. */
  static Gates over(GraphContext context, Operand<TFloating> x) {
    FeatureTensors features =
        new FeatureTensors(context, List.of(new FeatureTensors.Block(x, List.of())));
    return new Gates(Gating.plain(), new ModelInputs(features, Map.of()));
  }

  @Override
  protected LayerHarness.Layer layer() {
    return (context, x) ->
        over(context, x)
            .gate(context, "gate", SmallProblem.withFunnel("a").tasks(), x, List.of("1", "2"));
  }

  @Override
  protected int width() {
    return WIDTH;
  }

  @Override
  protected double[] plain(Map<String, double[]> variables, double[] x) {
    return PlainLayers.softmax(PlainLayers.linear(variables, "layer", x));
  }
}
