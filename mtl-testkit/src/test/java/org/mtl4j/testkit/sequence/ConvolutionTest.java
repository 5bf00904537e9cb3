package org.mtl4j.testkit.sequence;

import java.util.Map;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.sequence.Convolution;
import org.mtl4j.core.graph.sequence.History;
import org.mtl4j.testkit.PlainLayers;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** An even window, so that it matters on which side the odd place is. */
class ConvolutionTest extends SequenceLayerTest {
  private static final int FILTERS = 3;
  private static final int WINDOW = 4;

  @Override
  protected Class<?> subject() {
    return Convolution.class;
  }

  @Override
  Operand<TFloating> apply(GraphContext context, History history, Operand<TFloating> query) {
    return new Convolution(FILTERS, WINDOW).apply(context, history);
  }

  @Override
  double[] plain(Map<String, double[]> variables, PlainHistory history) {
    double[] greatest = new double[FILTERS];
    for (int place : history.places()) {
      double[][] seen = new double[WINDOW][];
      for (int k = 0; k < WINDOW; k++) {
        int at = history.places().indexOf(place + k - 1);
        seen[k] = at < 0 ? new double[DIM] : history.values().get(at);
      }
      double[] response = PlainLayers.relu(PlainLayers.linear(variables, "layer", concat(seen)));
      for (int f = 0; f < FILTERS; f++) {
        greatest[f] = Math.max(greatest[f], response[f]);
      }
    }
    return greatest;
  }
}
