package org.mtl4j.models.component;

import org.mtl4j.core.graph.Activation;
import org.mtl4j.core.graph.Dense;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Mlp;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * ReLU layers each of whose units a gate scales, row by row, between nothing and twice what it was:
 *
 * <pre>
 * delta_l = 2 sigmoid(V_l m_l(z) + c_l)
 * h_l = delta_l * relu(W_l h_(l-1) + b_l)
 * </pre>
 *
 * <p>Where V and c are 0, so that every delta is 1, it is the {@link Mlp} of its layers. Scopes
 * {@code dense_L} of the layers; of their gates {@code gate_L}, with {@code dense_N} of m and
 * {@code logit} of V [width of m, units] and c [units]. Glorot uniform, biases zeros: gates begin
 * near 1, each otherwise.
 *
 * @param layers those that are scaled, with normalisation and dropout as they have them
 * @param gate m, the hidden layers of each gate; none: a gate is linear before its sigmoid
 */
public record ScaledMlp(Mlp layers, Mlp gate) {
  /** The sigmoid's half made 1: a gate that says nothing changes nothing. */
  private static final double FACTOR = 2;

  /** The layers over x [B, in], by gates over z [B, any width]: [B, last width]. */
  public Operand<TFloating> apply(
      GraphContext context, Operand<TFloating> x, Operand<TFloating> z) {
    Operand<TFloating> hidden = x;
    for (int i = 1; i <= layers.layers().size(); i++) {
      GraphContext scope = context.scope("dense_" + i);
      int units = layers.layers().get(i - 1);
      hidden = new Dense(units, Activation.RELU, layers.normalization()).apply(scope, hidden);
      hidden = scope.dropout(hidden, layers.dropout());
      hidden = context.tf().math.mul(hidden, scale(context.scope("gate_" + i), z, units));
    }
    return hidden;
  }

  /** What one gate over z [B, any width] says, in a scope of its own: [B, units], in (0, 2). */
  public Operand<TFloating> scale(GraphContext context, Operand<TFloating> z, int units) {
    Operand<TFloating> logit =
        new Dense(units, Activation.LINEAR).apply(context.scope("logit"), gate.apply(context, z));
    return context.tf().math.mul(context.tf().math.sigmoid(logit), context.constant(FACTOR));
  }
}
