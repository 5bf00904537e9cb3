package org.mtl4j.models.home;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.core.graph.Activation;
import org.mtl4j.core.graph.Dense;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.Normalization;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Experts of normalised Swish layers, each over what a feature gate of its own lets through:
 *
 * <pre>
 * E(x) = swish(normalization(W v + b)),   v = x * 2 sigmoid(x down up)
 * </pre>
 *
 * <p>Variables {@code expert_N/dense_L/...} as those of any dense layer, {@code
 * expert_N/feature_gate/down} [in, rank], Glorot uniform, and {@code up} [rank, in], zeros: a gate
 * begins at 1 everywhere.
 *
 * @param featureGateRank of the gate's matrix; 0: no gate
 * @param layers widths, at least one
 * @param dropout share of activations set to 0 in training
 * @param normalization of each layer's sums
 */
record HomeExperts(
    int featureGateRank, List<Integer> layers, double dropout, Normalization normalization) {
  /** So many experts over x [B, in]: a tensor [B, last width] each. */
  List<Operand<TFloating>> apply(GraphContext scope, int count, Operand<TFloating> x) {
    List<Operand<TFloating>> outputs = new ArrayList<>();
    for (int e = 1; e <= count; e++) {
      outputs.add(expert(scope.scope("expert_" + e), x));
    }
    return outputs;
  }

  private Operand<TFloating> expert(GraphContext scope, Operand<TFloating> x) {
    Operand<TFloating> hidden = featureGateRank == 0 ? x : gated(scope.scope("feature_gate"), x);
    for (int layer = 1; layer <= layers.size(); layer++) {
      GraphContext own = scope.scope("dense_" + layer);
      Dense dense = new Dense(layers.get(layer - 1), Activation.SWISH, normalization);
      hidden = own.dropout(dense.apply(own, hidden), dropout);
    }
    return hidden;
  }

  private Operand<TFloating> gated(GraphContext scope, Operand<TFloating> x) {
    Ops tf = scope.tf();
    int in = GraphContext.width(x);
    Operand<TFloating> down =
        scope.variable(
            "down", Shape.of(in, featureGateRank), Initializer.glorotUniform(in, featureGateRank));
    Operand<TFloating> up =
        scope.variable("up", Shape.of(featureGateRank, in), Initializer.zeros());
    Operand<TFloating> open = tf.math.sigmoid(tf.linalg.matMul(tf.linalg.matMul(x, down), up));
    return tf.math.mul(x, tf.math.mul(open, scope.constant(2)));
  }
}
