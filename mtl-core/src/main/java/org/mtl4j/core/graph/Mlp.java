package org.mtl4j.core.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * A stack of fully connected ReLU layers, each followed by dropout, in scopes {@code dense_1},
 * {@code dense_2} and so on. An empty stack gives its input back.
 *
 * @param layers widths, from the input's side
 * @param dropout share of the activations that training sets to 0, in [0, 1)
 * @param normalization of each layer's sums
 */
public record Mlp(List<Integer> layers, double dropout, Normalization normalization) {
  /** A stack that does not normalise. */
  public Mlp(List<Integer> layers, double dropout) {
    this(layers, dropout, Normalization.NONE);
  }

  /** Copies the list. */
  public Mlp {
    layers = List.copyOf(layers);
  }

  /** Applies the stack in the given scope to x [B, in]: [B, last width]. */
  public Operand<TFloating> apply(GraphContext context, Operand<TFloating> x) {
    Operand<TFloating> hidden = x;
    for (int i = 0; i < layers.size(); i++) {
      GraphContext scope = context.scope("dense_" + (i + 1));
      hidden = new Dense(layers.get(i), Activation.RELU, normalization).apply(scope, hidden);
      hidden = scope.dropout(hidden, dropout);
    }
    return hidden;
  }
}
