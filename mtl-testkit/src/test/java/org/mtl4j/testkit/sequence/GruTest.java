package org.mtl4j.testkit.sequence;

import java.util.Map;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.sequence.Gru;
import org.mtl4j.core.graph.sequence.History;
import org.mtl4j.testkit.PlainLayers;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

class GruTest extends SequenceLayerTest {
  private static final int UNITS = 3;

  @Override
  protected Class<?> subject() {
    return Gru.class;
  }

  @Override
  Operand<TFloating> apply(GraphContext context, History history, Operand<TFloating> query) {
    return new Gru(UNITS).apply(context, history);
  }

  @Override
  double[] plain(Map<String, double[]> variables, PlainHistory history) {
    double[] state = new double[UNITS];
    for (double[] value : history.values()) {
      double[] x = PlainLayers.linear(variables, "layer", value);
      double[] h =
          PlainLayers.linear(
              variables.get("layer/recurrent_kernel"),
              variables.get("layer/recurrent_bias"),
              state);
      double[] next = new double[UNITS];
      for (int u = 0; u < UNITS; u++) {
        double z = sigmoid(x[u] + h[u]);
        double r = sigmoid(x[UNITS + u] + h[UNITS + u]);
        double n = Math.tanh(x[2 * UNITS + u] + r * h[2 * UNITS + u]);
        next[u] = z * state[u] + (1 - z) * n;
      }
      state = next;
    }
    return state;
  }
}
