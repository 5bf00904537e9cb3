package org.mtl4j.core.graph;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TFloating;

/**
 * A fully connected layer: activation(normalization(x kernel + bias)). Variables {@code kernel}
 * [in, units], Glorot uniform, and {@code bias} [units], zeros.
 *
 * @param units width of the output, at least 1
 * @param activation what is done to the sums
 * @param normalization what is done to them before that, in the scope {@code normalization}
 */
public record Dense(int units, Activation activation, Normalization normalization) {
  /** A layer that does not normalise. */
  public Dense(int units, Activation activation) {
    this(units, activation, Normalization.NONE);
  }

  /** Applies the layer in the given scope to x [B, in]: [B, units]. */
  public Operand<TFloating> apply(GraphContext context, Operand<TFloating> x) {
    int in = GraphContext.width(x);
    Operand<TFloating> kernel =
        context.variable("kernel", Shape.of(in, units), Initializer.glorotUniform(in, units));
    Operand<TFloating> bias = context.variable("bias", Shape.of(units), Initializer.zeros());
    Operand<TFloating> sums = context.tf().nn.biasAdd(context.tf().linalg.matMul(x, kernel), bias);
    return activation.apply(context, normalization.apply(context.scope("normalization"), sums));
  }
}
