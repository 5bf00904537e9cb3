package org.mtl4j.models.component;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.core.graph.Activation;
import org.mtl4j.core.graph.Dense;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Experts: networks of equal shape over one input, each with weights of its own. The first layers
 * of all experts are one matrix product, since they share their input; after them each expert has a
 * product of its own, which measured faster than one batched product (docs/architecture.md).
 *
 * <p>Variables {@code dense_1/kernel} [in, experts, units] and {@code dense_1/bias} [experts,
 * units], from the second layer on {@code dense_N/kernel} [experts, in, units]; Glorot uniform by
 * one expert's fan, each value drawn by itself, so that experts differ from the first step on.
 *
 * @param count number of experts, at least 1
 * @param layers widths of an expert's ReLU layers, at least one
 * @param dropout share of activations set to 0 in training
 */
public record Experts(int count, List<Integer> layers, double dropout) {
  /** Copies and checks. */
  public Experts {
    if (count < 1) {
      throw new IllegalArgumentException("experts: expected at least 1, found " + count);
    }
    layers = Layers.atLeastOne("expert_layers", layers);
  }

  /** The experts' outputs in the given scope over x [B, in]: count tensors [B, last width]. */
  public List<Operand<TFloating>> apply(GraphContext context, Operand<TFloating> x) {
    List<Operand<TFloating>> hidden = first(context.scope("dense_1"), x);
    for (int i = 1; i < layers.size(); i++) {
      hidden = next(context.scope("dense_" + (i + 1)), hidden, layers.get(i));
    }
    return hidden;
  }

  private List<Operand<TFloating>> first(GraphContext scope, Operand<TFloating> x) {
    Ops tf = scope.tf();
    int in = GraphContext.width(x);
    int units = layers.get(0);
    Initializer initializer = Initializer.glorotUniform(in, units);
    Operand<TFloating> kernel = scope.variable("kernel", Shape.of(in, count, units), initializer);
    Operand<TFloating> bias = scope.variable("bias", Shape.of(count, units), Initializer.zeros());
    int width = count * units;
    Operand<TFloating> sums =
        tf.linalg.matMul(x, tf.reshape(kernel, tf.constant(new int[] {in, width})));
    Operand<TFloating> active =
        tf.nn.relu(tf.nn.biasAdd(sums, tf.reshape(bias, tf.constant(new int[] {width}))));
    return split(tf, scope.dropout(active, dropout));
  }

  private List<Operand<TFloating>> split(Ops tf, Operand<TFloating> sideBySide) {
    List<Operand<TFloating>> parts = new ArrayList<>();
    tf.split(tf.constant(1), sideBySide, (long) count).forEach(parts::add);
    return parts;
  }

  private List<Operand<TFloating>> next(
      GraphContext scope, List<Operand<TFloating>> inputs, int units) {
    Ops tf = scope.tf();
    int in = GraphContext.width(inputs.get(0));
    Initializer initializer = Initializer.glorotUniform(in, units);
    Operand<TFloating> kernels = scope.variable("kernel", Shape.of(count, in, units), initializer);
    Operand<TFloating> biases = scope.variable("bias", Shape.of(count, units), Initializer.zeros());
    List<Operand<TFloating>> outputs = new ArrayList<>();
    var kernel = tf.unstack(kernels, (long) count).iterator();
    var bias = tf.unstack(biases, (long) count).iterator();
    for (int e = 0; e < count; e++) {
      Operand<TFloating> sums = tf.linalg.matMul(inputs.get(e), kernel.next());
      Operand<TFloating> active = tf.nn.relu(tf.nn.biasAdd(sums, bias.next()));
      outputs.add(scope.scope("expert_" + (e + 1)).dropout(active, dropout));
    }
    return outputs;
  }

  /**
   * The experts' outputs mixed by a gate.
   *
   * @param outputs count tensors [B, width]
   * @param gate [B, count]
   * @return [B, width]: sum over experts of gate * output
   */
  public static Operand<TFloating> mix(
      GraphContext scope, List<Operand<TFloating>> outputs, Operand<TFloating> gate) {
    Ops tf = scope.tf();
    List<Operand<TFloating>> weighted = new ArrayList<>();
    var share = tf.split(tf.constant(1), gate, (long) outputs.size()).iterator();
    for (Operand<TFloating> output : outputs) {
      weighted.add(tf.math.mul(output, share.next()));
    }
    return tf.math.addN(weighted);
  }

  /** A gate over x [B, in]: softmax of a linear layer, [B, experts]. */
  public static Operand<TFloating> gate(GraphContext scope, Operand<TFloating> x, int experts) {
    return scope.tf().nn.softmax(new Dense(experts, Activation.LINEAR).apply(scope, x));
  }
}
