package org.mtl4j.testkit.sequence;

import java.util.Map;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.sequence.History;
import org.mtl4j.core.graph.sequence.TargetAttention;
import org.mtl4j.testkit.PlainLayers;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

class TargetAttentionTest extends SequenceLayerTest {
  @Override
  protected Class<?> subject() {
    return TargetAttention.class;
  }

  @Override
  Operand<TFloating> apply(GraphContext context, History history, Operand<TFloating> query) {
    return new TargetAttention(5).apply(context, history, query);
  }

  @Override
  double[] plain(Map<String, double[]> variables, PlainHistory history) {
    double[] sum = new double[DIM];
    for (double[] value : history.values()) {
      double[] difference = new double[DIM];
      double[] product = new double[DIM];
      for (int k = 0; k < DIM; k++) {
        difference[k] = value[k] - history.query()[k];
        product[k] = value[k] * history.query()[k];
      }
      double[] pair = concat(value, history.query(), difference, product);
      double[] hidden = PlainLayers.relu(PlainLayers.linear(variables, "layer/hidden", pair));
      double weight = PlainLayers.linear(variables, "layer/weight", hidden)[0];
      for (int k = 0; k < DIM; k++) {
        sum[k] += weight * value[k];
      }
    }
    return sum;
  }
}
