package org.mtl4j.models.component;

import java.util.List;
import org.mtl4j.core.graph.Activation;
import org.mtl4j.core.graph.Dense;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.Normalization;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TFloating;

/**
 * Experts: networks of equal shape over one input, each with weights of its own. Their matrix
 * products are taken as {@link GraphContext#matrixProducts} says, for what is faster on a processor
 * is slower on a GPU (docs/results.md, docs/gpu.md); with dropout the two ways draw other masks.
 *
 * <p>Variables {@code dense_N/kernel} [experts, in, units] and {@code dense_N/bias} [experts,
 * units]; Glorot uniform by one expert's fan, each value drawn by itself, so that experts differ
 * from the first step on.
 *
 * @param count number of experts, 1 to 1024
 * @param layers widths of an expert's ReLU layers, at least one
 * @param dropout share of activations set to 0 in training
 * @param normalization of each layer's sums, each expert's by themselves, in the scope {@code
 *     dense_N/normalization}, its variables [experts, units]
 */
public record Experts(
    int count, List<Integer> layers, double dropout, Normalization normalization) {
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

  /** Experts that do not normalise. */
  public Experts(int count, List<Integer> layers, double dropout) {
    this(count, layers, dropout, Normalization.NONE);
  }

  /** The experts' outputs in the given scope over x [B, in], as its matrix products say. */
  public ExpertOutputs apply(GraphContext context, Operand<TFloating> x) {
    return switch (context.matrixProducts()) {
      case SEPARATE -> SeparateExperts.of(this, context, x);
      case MERGED -> MergedExperts.of(this, context, x);
    };
  }

  /**
   * A layer's variables.
   *
   * @param scope of the layer
   * @param kernels [experts, in, units]
   * @param biases [experts, units]
   * @param units the layer's width
   */
  record Layer(
      GraphContext scope, Operand<TFloating> kernels, Operand<TFloating> biases, int units) {}

  /** The variables of the layer of that number, from 1, over inputs of a width. */
  Layer layer(GraphContext context, int number, int in) {
    GraphContext scope = context.scope("dense_" + number);
    int units = layers.get(number - 1);
    Initializer initializer = Initializer.glorotUniform(in, units);
    Operand<TFloating> kernels = scope.variable("kernel", Shape.of(count, in, units), initializer);
    Operand<TFloating> biases = scope.variable("bias", Shape.of(count, units), Initializer.zeros());
    return new Layer(scope, kernels, biases, units);
  }

  /** A gate over x [B, in]: softmax of a linear layer, [B, experts]. */
  public static Operand<TFloating> gate(GraphContext scope, Operand<TFloating> x, int experts) {
    return scope.tf().nn.softmax(new Dense(experts, Activation.LINEAR).apply(scope, x));
  }
}
