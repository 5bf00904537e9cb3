package org.mtl4j.models.component;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.graph.WideOps;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.family.TFloating;

/**
 * Experts with a matrix product of their own in every layer.
 *
 * @param outputs a tensor [B, width] an expert
 */
record SeparateExperts(List<Operand<TFloating>> outputs) implements ExpertOutputs {
  /** The experts over x [B, in]. */
  static SeparateExperts of(Experts experts, GraphContext context, Operand<TFloating> x) {
    List<Operand<TFloating>> hidden = Collections.nCopies(experts.count(), x);
    for (int layer = 1; layer <= experts.layers().size(); layer++) {
      hidden = layer(experts, layer, context, hidden);
    }
    return new SeparateExperts(hidden);
  }

  private static List<Operand<TFloating>> layer(
      Experts experts, int number, GraphContext context, List<Operand<TFloating>> inputs) {
    Experts.Layer layer = experts.layer(context, number, GraphContext.width(inputs.get(0)));
    GraphContext scope = layer.scope();
    Ops tf = scope.tf();
    List<Operand<TFloating>> outputs = new ArrayList<>();
    var kernel = tf.unstack(layer.kernels(), (long) experts.count()).iterator();
    var bias = tf.unstack(layer.biases(), (long) experts.count()).iterator();
    for (int e = 0; e < experts.count(); e++) {
      Operand<TFloating> product = tf.linalg.matMul(inputs.get(e), kernel.next());
      outputs.add(tf.nn.biasAdd(product, bias.next()));
    }
    List<Operand<TFloating>> sums = normalized(experts, scope, outputs);
    for (int e = 0; e < experts.count(); e++) {
      Operand<TFloating> active = tf.nn.relu(sums.get(e));
      outputs.set(e, scope.scope("expert_" + (e + 1)).dropout(active, experts.dropout()));
    }
    return outputs;
  }

  private static List<Operand<TFloating>> normalized(
      Experts experts, GraphContext scope, List<Operand<TFloating>> sums) {
    if (experts.normalization() == Normalization.NONE) {
      return List.copyOf(sums);
    }
    Ops tf = scope.tf();
    Operand<TFloating> stacked = WideOps.stack(tf, sums, 1);
    Operand<TFloating> normal =
        experts.normalization().apply(scope.scope("normalization"), stacked);
    return List.copyOf(tf.unstack(normal, (long) sums.size(), Unstack.axis(1L)).output());
  }

  @Override
  public Operand<TFloating> mix(GraphContext scope, Operand<TFloating> gate) {
    Ops tf = scope.tf();
    if (outputs.size() == 1) {
      // The gradient of a split into one is a concatenation of one, which TensorFlow refuses.
      return tf.math.mul(outputs.get(0), gate);
    }
    List<Operand<TFloating>> weighted = new ArrayList<>();
    var share = tf.split(tf.constant(1), gate, (long) outputs.size()).iterator();
    for (Operand<TFloating> output : outputs) {
      weighted.add(tf.math.mul(output, share.next()));
    }
    return WideOps.sum(tf, weighted);
  }

  @Override
  public SeparateExperts stopped(GraphContext scope) {
    return new SeparateExperts(
        outputs.stream().<Operand<TFloating>>map(scope.tf()::stopGradient).toList());
  }

  @Override
  public List<Operand<TFloating>> each(GraphContext scope) {
    return outputs;
  }
}
