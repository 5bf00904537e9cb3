package org.mtl4j.models.component;

import java.util.ArrayList;
import java.util.Collections;
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
 * Experts: networks of equal shape over one input, each with weights of its own and a matrix
 * product of its own in every layer. One product for the first layers of all experts, and one
 * batched product for the later ones, both measured slower (docs/results.md).
 *
 * <p>Variables {@code dense_N/kernel} [experts, in, units] and {@code dense_N/bias} [experts,
 * units]; Glorot uniform by one expert's fan, each value drawn by itself, so that experts differ
 * from the first step on.
 *
 * @param count number of experts, 1 to 1024
 * @param layers widths of an expert's ReLU layers, at least one
 * @param dropout share of activations set to 0 in training
 */
public record Experts(int count, List<Integer> layers, double dropout) {
  /** Each is operations of its own in the graph. */
  private static final int MOST = 1024;

  /**
   * Copies and checks.
   *
   * @throws IllegalArgumentException if the count is below 1 or above 1024, or the layers are none
   *     or not as {@link Layers#checked} says
   */
  public Experts {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException(
          "experts: expected 1 to %d, found %d".formatted(MOST, count));
    }
    layers = Layers.atLeastOne("expert_layers", layers);
  }

  /** The experts' outputs in the given scope over x [B, in]: count tensors [B, last width]. */
  public List<Operand<TFloating>> apply(GraphContext context, Operand<TFloating> x) {
    List<Operand<TFloating>> hidden = Collections.nCopies(count, x);
    for (int i = 0; i < layers.size(); i++) {
      hidden = layer(context.scope("dense_" + (i + 1)), hidden, layers.get(i));
    }
    return hidden;
  }

  private List<Operand<TFloating>> layer(
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
