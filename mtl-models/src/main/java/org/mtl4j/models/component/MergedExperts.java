package org.mtl4j.models.component;

import java.util.List;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Normalization;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.family.TFloating;

/**
 * Experts computed together: in the first layer one product with all kernels side by side, in later
 * ones one batched product, in a gate's mix another.
 *
 * @param outputs [B, experts, width]
 */
record MergedExperts(Operand<TFloating> outputs) implements ExpertOutputs {
  private static final String PRODUCT = "BatchMatMul";

  /** The experts over x [B, in]. */
  static MergedExperts of(Experts experts, GraphContext context, Operand<TFloating> x) {
    Operand<TFloating> hidden = first(experts, context, x);
    for (int layer = 2; layer <= experts.layers().size(); layer++) {
      hidden = later(experts, layer, context, hidden);
    }
    int width = GraphContext.width(hidden) / experts.count();
    return new MergedExperts(reshape(context.tf(), hidden, -1, experts.count(), width));
  }

  /** The first layer of all experts, side by side: [B, experts * units]. */
  private static Operand<TFloating> first(
      Experts experts, GraphContext context, Operand<TFloating> x) {
    int in = GraphContext.width(x);
    Experts.Layer layer = experts.layer(context, 1, in);
    Ops tf = layer.scope().tf();
    Operand<TFloating> kernel =
        reshape(tf, swapped(tf, layer.kernels()), in, experts.count() * layer.units());
    return activated(experts, layer, tf.linalg.matMul(x, kernel));
  }

  /** A later layer over the one before, both side by side: [B, experts * units]. */
  private static Operand<TFloating> later(
      Experts experts, int number, GraphContext context, Operand<TFloating> hidden) {
    int in = GraphContext.width(hidden) / experts.count();
    Experts.Layer layer = experts.layer(context, number, in);
    Ops tf = layer.scope().tf();
    Operand<TFloating> byExpert = swapped(tf, reshape(tf, hidden, -1, experts.count(), in));
    Operand<TFloating> sums = swapped(tf, product(tf, byExpert, layer.kernels()));
    return activated(experts, layer, reshape(tf, sums, -1, experts.count() * layer.units()));
  }

  private static Operand<TFloating> activated(
      Experts experts, Experts.Layer layer, Operand<TFloating> sums) {
    Ops tf = layer.scope().tf();
    Operand<TFloating> bias = reshape(tf, layer.biases(), experts.count() * layer.units());
    Operand<TFloating> normal = normalized(experts, layer, tf.nn.biasAdd(sums, bias));
    return layer.scope().dropout(tf.nn.relu(normal), experts.dropout());
  }

  private static Operand<TFloating> normalized(
      Experts experts, Experts.Layer layer, Operand<TFloating> sums) {
    if (experts.normalization() == Normalization.NONE) {
      return sums;
    }
    Ops tf = layer.scope().tf();
    Operand<TFloating> byExpert = reshape(tf, sums, -1, experts.count(), layer.units());
    Operand<TFloating> normal =
        experts.normalization().apply(layer.scope().scope("normalization"), byExpert);
    return reshape(tf, normal, -1, experts.count() * layer.units());
  }

  @Override
  public Operand<TFloating> mix(GraphContext scope, Operand<TFloating> gate) {
    Ops tf = scope.tf();
    Operand<TFloating> row = reshape(tf, gate, -1, 1, GraphContext.width(gate));
    return reshape(tf, product(tf, row, outputs), -1, GraphContext.width(outputs));
  }

  @Override
  public MergedExperts stopped(GraphContext scope) {
    return new MergedExperts(scope.tf().stopGradient(outputs));
  }

  @Override
  public List<Operand<TFloating>> each(GraphContext scope) {
    long experts = outputs.asOutput().shape().get(1);
    return List.copyOf(scope.tf().unstack(outputs, experts, Unstack.axis(1L)).output());
  }

  /**
   * Per i the product of x [n, a, b] and y [n, b, c]: [n, a, c]. By the first version of the
   * operation, whose gradient is two products; that of later ones asks for shapes and sums too.
   */
  private static Operand<TFloating> product(Ops tf, Operand<TFloating> x, Operand<TFloating> y) {
    return tf.scope()
        .opBuilder(PRODUCT, PRODUCT)
        .addInput(x.asOutput())
        .addInput(y.asOutput())
        .build()
        .output(0);
  }

  /** [a, b, c] as [b, a, c]. */
  private static Operand<TFloating> swapped(Ops tf, Operand<TFloating> x) {
    return tf.linalg.transpose(x, tf.constant(new int[] {1, 0, 2}));
  }

  private static Operand<TFloating> reshape(Ops tf, Operand<TFloating> x, int... shape) {
    return tf.reshape(x, tf.constant(shape));
  }
}
