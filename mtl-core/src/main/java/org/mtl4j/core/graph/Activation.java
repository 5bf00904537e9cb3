package org.mtl4j.core.graph;

import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** What a layer does to its sums. */
public enum Activation {
  /** Nothing. */
  LINEAR,
  /** max(x, 0). */
  RELU,
  /** x / (1 + exp(-x)): Ramachandran and others, "Searching for activation functions", 2017. */
  SWISH;

  /** The activation of every element: a tensor of the shape of x. */
  public Operand<TFloating> apply(GraphContext context, Operand<TFloating> x) {
    return switch (this) {
      case LINEAR -> x;
      case RELU -> context.tf().nn.relu(x);
      case SWISH -> context.tf().math.mul(x, context.tf().math.sigmoid(x));
    };
  }
}
