package org.mtl4j.testkit.sequence;

import java.util.List;
import java.util.Map;
import org.mtl4j.core.graph.GraphContext;
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
  Operand<TFloating> apply(
      GraphContext context,
      Operand<TFloating> values,
      Operand<TFloating> mask,
      Operand<TFloating> query) {
    return new TargetAttention(5).apply(context, values, mask, query, DIM);
  }

  @Override
  double[] plain(
      Map<String, double[]> variables,
      List<double[]> values,
      List<Integer> places,
      double[] query) {
    double[] sum = new double[DIM];
    for (double[] value : values) {
      double[] difference = new double[DIM];
      double[] product = new double[DIM];
      for (int k = 0; k < DIM; k++) {
        difference[k] = value[k] - query[k];
        product[k] = value[k] * query[k];
      }
      double[] pair = concat(value, query, difference, product);
      double[] hidden = PlainLayers.relu(PlainLayers.linear(variables, "layer/hidden", pair));
      double weight = PlainLayers.linear(variables, "layer/weight", hidden)[0];
      for (int k = 0; k < DIM; k++) {
        sum[k] += weight * value[k];
      }
    }
    return sum;
  }
}
