package org.mtl4j.testkit.sequence;

import java.util.Map;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.sequence.History;
import org.mtl4j.core.graph.sequence.Lstm;
import org.mtl4j.testkit.PlainLayers;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

class LstmTest extends SequenceLayerTest {
  private static final int UNITS = 3;

  @Override
  protected Class<?> subject() {
    return Lstm.class;
  }

  @Override
  Operand<TFloating> apply(GraphContext context, History history, Operand<TFloating> query) {
    return new Lstm(UNITS).apply(context, history);
  }

  @Override
  double[] plain(Map<String, double[]> variables, PlainHistory history) {
    double[] output = new double[UNITS];
    double[] cell = new double[UNITS];
    for (double[] value : history.values()) {
      double[] x = PlainLayers.linear(variables, "layer", value);
      double[] h =
          PlainLayers.linear(
              variables.get("layer/recurrent_kernel"), new double[4 * UNITS], output);
      double[] next = new double[UNITS];
      for (int u = 0; u < UNITS; u++) {
        double input = sigmoid(x[u] + h[u]);
        double forget = sigmoid(x[UNITS + u] + h[UNITS + u] + 1);
        double candidate = Math.tanh(x[2 * UNITS + u] + h[2 * UNITS + u]);
        double show = sigmoid(x[3 * UNITS + u] + h[3 * UNITS + u]);
        cell[u] = forget * cell[u] + input * candidate;
        next[u] = show * Math.tanh(cell[u]);
      }
      output = next;
    }
    return output;
  }
}
