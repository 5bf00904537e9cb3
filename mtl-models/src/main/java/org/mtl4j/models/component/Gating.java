package org.mtl4j.models.component;

import java.util.List;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.graph.Activation;
import org.mtl4j.core.graph.Dense;
import org.mtl4j.core.graph.GraphContext;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * How gates weigh experts:
 *
 * <pre>
 * g(x) = softmax((W x + b) / temperature)
 * loss = load_balance * CV(sum over rows of g)^2,   CV = deviation / mean over the experts
 * </pre>
 *
 * <p>The loss is the importance loss of Shazeer and others, "Outrageously large neural networks:
 * the sparsely-gated mixture-of-experts layer", ICLR 2017, equation 7, over the rows of a batch
 * that have a say in a task which the gate works for. Dropping whole experts at the gate is from
 * Zhao and others, "Recommending what video to watch next", RecSys 2019.
 *
 * @param temperature above 0: above 1 weights are more even, below 1 more decided
 * @param loadBalance weight of the loss that keeps every expert in use, at least 0
 * @param expertDropout with what probability training takes an expert from a row's gate, whose
 *     other weights then sum to 1; a row that would lose all of them keeps all. In [0, 1)
 */
public record Gating(
    @Default("1") double temperature,
    @Default("0") double loadBalance,
    @Default("0") double expertDropout) {
  /** Below any logit: its exponential is 0. */
  private static final double NEVER = -1e9;

  /** Keeps the loss of a batch without a row that counts at 0, as the paper's authors do. */
  private static final double EPSILON = 1e-10;

  /**
   * Checks the keys.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public Gating {
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "temperature: expected a number above 0, found " + temperature);
    }
    loadBalance = Regularized.strength("load_balance", loadBalance);
    if (!(expertDropout >= 0 && expertDropout < 1)) {
      throw new IllegalArgumentException(
          "expert_dropout: expected a number of at least 0 and below 1, found " + expertDropout);
    }
  }

  /** A plain softmax. */
  public static Gating plain() {
    return new Gating(1, 0, 0);
  }

  /** A gate in the given scope over x [B, in]: [B, experts], rows summing to 1. */
  public Operand<TFloating> gate(GraphContext scope, Operand<TFloating> x, int experts) {
    Ops tf = scope.tf();
    Operand<TFloating> logits = new Dense(experts, Activation.LINEAR).apply(scope, x);
    if (temperature != 1) {
      logits = tf.math.div(logits, scope.constant(temperature));
    }
    return tf.nn.softmax(dropped(scope, logits));
  }

  /** Drawn by seed, scope and step, as dropout is. */
  private Operand<TFloating> dropped(GraphContext scope, Operand<TFloating> logits) {
    if (!scope.isTraining() || expertDropout == 0) {
      return logits;
    }
    Ops tf = scope.tf();
    Operand<TInt64> key =
        tf.stack(List.of(tf.constant(scope.seed().child("expert_dropout").value()), scope.step()));
    Class<TFloating> type = scope.variables().type().tensorClass();
    Operand<TFloating> uniform = tf.random.statelessRandomUniform(tf.shape(logits), key, type);
    Operand<TFloating> kept =
        tf.dtypes.cast(tf.math.greaterEqual(uniform, scope.constant(expertDropout)), type);
    Operand<TFloating> some = tf.max(kept, tf.constant(new int[] {1}), Max.keepDims(true));
    return tf.math.add(logits, tf.math.mul(tf.math.sub(some, kept), scope.constant(NEVER)));
  }

  /**
   * The load-balancing loss of a gate.
   *
   * @param gate [B, experts]
   * @param say [B]: 1 of rows that count, 0 of others
   * @return scalar, weighted
   */
  Operand<TFloating> loss(GraphContext scope, Operand<TFloating> gate, Operand<TFloating> say) {
    Ops tf = scope.tf();
    Operand<TFloating> rows = tf.reshape(say, tf.constant(new int[] {1, -1}));
    Operand<TFloating> importance = tf.linalg.matMul(rows, gate);
    Operand<TFloating> mean = tf.math.mean(importance, tf.constant(new int[] {0, 1}));
    Operand<TFloating> variance =
        tf.math.mean(tf.math.square(tf.math.sub(importance, mean)), tf.constant(new int[] {0, 1}));
    Operand<TFloating> squaredMean = tf.math.add(tf.math.square(mean), scope.constant(EPSILON));
    return tf.math.mul(tf.math.div(variance, squaredMean), scope.constant(loadBalance));
  }
}
