package org.mtl4j.models.snr;

import java.util.List;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.model.ModelLoss;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * Gates between sub-networks, open, shut or in between, by the hard concrete distribution: Louizos,
 * Welling and Kingma, "Learning sparse neural networks through L0 regularization", ICLR 2018, with
 * their constants beta 2/3, low -0.1, high 1.1.
 *
 * <pre>
 * training:  s = sigmoid((log u - log(1 - u) + a) / beta), u uniform in (0, 1)
 * inference: s = sigmoid(a)
 * z = min(1, max(0, s (high - low) + low))
 * expected number of gates that are not shut = sum of sigmoid(a - beta log(-low / high))
 * </pre>
 *
 * @param scope of the gates, whose variable {@code gates} [from, to] is a, first 2: open for the
 *     most part
 * @param from number of sub-networks below
 * @param to number of sub-networks, or tasks, above
 */
record Routes(GraphContext scope, int from, int to) {
  private static final double BETA = 2.0 / 3;
  private static final double LOW = -0.1;
  private static final double HIGH = 1.1;

  /** 3 gates of 100 are shut then, and 60 open: few enough draws differ for networks to learn. */
  private static final double FIRST = 2;

  /** Keeps u off 0 and 1, where the logarithms are infinite. */
  private static final double EDGE = 1e-6;

  private Operand<TFloating> logits() {
    return scope.variable("gates", Shape.of(from, to), new Initializer.Constant(FIRST));
  }

  /** z [from, to]: in training drawn anew in each step, by seed, scope and step. */
  Operand<TFloating> gates() {
    Ops tf = scope.tf();
    Operand<TFloating> s = tf.math.sigmoid(scope.isTraining() ? noisy() : logits());
    Operand<TFloating> stretched =
        tf.math.add(tf.math.mul(s, scope.constant(HIGH - LOW)), scope.constant(LOW));
    return tf.math.minimum(tf.math.maximum(stretched, scope.constant(0)), scope.constant(1));
  }

  private Operand<TFloating> noisy() {
    Ops tf = scope.tf();
    Operand<TInt64> key =
        tf.stack(List.of(tf.constant(scope.seed().child("routes").value()), scope.step()));
    Operand<TFloating> uniform =
        tf.random.statelessRandomUniform(
            tf.constant(new int[] {from, to}), key, scope.variables().type().tensorClass());
    Operand<TFloating> u =
        tf.math.add(tf.math.mul(uniform, scope.constant(1 - 2 * EDGE)), scope.constant(EDGE));
    Operand<TFloating> odds =
        tf.math.sub(tf.math.log(u), tf.math.log(tf.math.sub(scope.constant(1), u)));
    return tf.math.div(tf.math.add(odds, logits()), scope.constant(BETA));
  }

  /** How many gates are expected not to be shut, times a factor. */
  ModelLoss.Regularizer open(double factor) {
    Ops tf = scope.tf();
    double shift = BETA * Math.log(-LOW / HIGH);
    Operand<TFloating> open = tf.math.sigmoid(tf.math.sub(logits(), scope.constant(shift)));
    Operand<TFloating> sum = tf.sum(open, tf.constant(new int[] {0, 1}));
    return new ModelLoss.Regularizer(
        scope.path() + "/open", tf.math.mul(sum, scope.constant(factor)));
  }
}
