package org.mtl4j.testkit.sequence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.sequence.History;
import org.mtl4j.core.graph.sequence.SelfAttention;
import org.mtl4j.testkit.PlainLayers;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

class SelfAttentionTest extends SequenceLayerTest {
  private static final int HEADS = 2;
  private static final int HEAD_DIM = DIM / HEADS;

  @Override
  protected Class<?> subject() {
    return SelfAttention.class;
  }

  @Override
  Operand<TFloating> apply(GraphContext context, History history, Operand<TFloating> query) {
    return new SelfAttention(HEADS).apply(context, history);
  }

  @Override
  double[] plain(Map<String, double[]> variables, PlainHistory history) {
    List<double[]> values = history.values();
    List<Integer> places = history.places();
    double[] positions = variables.get("layer/positions");
    int last = places.get(places.size() - 1);
    List<double[]> placed = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      double[] value = values.get(i).clone();
      for (int k = 0; k < DIM; k++) {
        value[k] += positions[(last - places.get(i)) * DIM + k];
      }
      placed.add(value);
    }
    double[] mean = new double[DIM];
    for (double[] value : placed) {
      double[] attended = attended(variables, value, placed);
      double[] output = PlainLayers.linear(variables, "layer/output", attended);
      for (int k = 0; k < DIM; k++) {
        mean[k] += (value[k] + output[k]) / placed.size();
      }
    }
    return mean;
  }

  private static double[] attended(
      Map<String, double[]> variables, double[] value, List<double[]> all) {
    double[] result = new double[DIM];
    double[] asks = PlainLayers.linear(variables, "layer/query", value);
    for (int head = 0; head < HEADS; head++) {
      int from = head * HEAD_DIM;
      double[] ask = Arrays.copyOfRange(asks, from, from + HEAD_DIM);
      double[] scores =
          all.stream()
              .mapToDouble(
                  other -> {
                    double[] key = PlainLayers.linear(variables, "layer/key", other);
                    return dot(ask, Arrays.copyOfRange(key, from, from + HEAD_DIM))
                        / Math.sqrt(HEAD_DIM);
                  })
              .toArray();
      double[] weights = PlainLayers.softmax(scores);
      for (int s = 0; s < all.size(); s++) {
        double[] content = PlainLayers.linear(variables, "layer/value", all.get(s));
        for (int k = from; k < from + HEAD_DIM; k++) {
          result[k] += weights[s] * content[k];
        }
      }
    }
    return result;
  }
}
