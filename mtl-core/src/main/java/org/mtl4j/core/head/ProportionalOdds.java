package org.mtl4j.core.head;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The logits of classes that follow each other: McCullagh, "Regression models for ordinal data",
 * JRSS B 42, 1980. One score z = w x a row and rising thresholds t_1 &lt; ... &lt; t_(K-1) for all:
 *
 * <pre>
 * P(class &lt;= k) = s(t_k - z)
 * log P(class = k) = log s(t_k - z) + log s(z - t_(k-1)) + log(1 - exp(t_(k-1) - t_k))
 * </pre>
 *
 * <p>with t_0 and t_K infinite, which leaves out their terms. x [B, width] to log P [B, K]: logits
 * whose softmax is P, so that all that is made of a multiclass output can be made of this one.
 * Variables {@code kernel} [width, 1] and {@code thresholds} [K - 1]: t_1, and before their
 * softplus the distances of the others, from equal ones around 0 on.
 *
 * @param classes K, at least 2
 */
record ProportionalOdds(int classes) {
  /** The distance of two thresholds in the beginning: softplus(0). */
  private static final double FIRST_GAP = Math.log(2);

  Operand<TFloating> apply(GraphContext scope, Operand<TFloating> x) {
    Ops tf = scope.tf();
    int width = GraphContext.width(x);
    Operand<TFloating> kernel =
        scope.variable("kernel", Shape.of(width, 1), Initializer.glorotUniform(width, 1));
    Operand<TFloating> score = tf.linalg.matMul(x, kernel);
    Operand<TFloating> free =
        scope.variable("thresholds", Shape.of(classes - 1), Initializer.zeros());
    Operand<TFloating> row = tf.reshape(free, tf.constant(new int[] {1, classes - 1}));
    Operand<TFloating> cuts = tf.math.sub(thresholds(scope, row), score);
    Operand<TFloating> nothing = tf.zerosLike(score);
    Operand<TFloating> below = tf.math.neg(tf.math.softplus(tf.math.neg(cuts)));
    Operand<TFloating> above = tf.math.neg(tf.math.softplus(cuts));
    Operand<TFloating> outside =
        tf.math.add(
            tf.concat(List.of(below, nothing), tf.constant(1)),
            tf.concat(List.of(nothing, above), tf.constant(1)));
    return tf.math.add(outside, between(scope, row));
  }

  /**
   * [1, K - 1]: t_1, moved so that all are around 0 at first, and with the distances the others.
   */
  private Operand<TFloating> thresholds(GraphContext scope, Operand<TFloating> free) {
    Ops tf = scope.tf();
    double[][] first = new double[1][classes - 1];
    double[][] later = new double[1][classes - 1];
    double[][] upTo = new double[classes - 1][classes - 1];
    for (int k = 0; k < classes - 1; k++) {
      first[0][k] = k == 0 ? 1 : 0;
      later[0][k] = k == 0 ? 0 : 1;
      Arrays.fill(upTo[k], k, classes - 1, 1);
    }
    Operand<TFloating> start = tf.math.sub(free, scope.constant(FIRST_GAP * (classes - 2) / 2));
    Operand<TFloating> steps =
        tf.math.add(
            tf.math.mul(start, constant(scope, first)),
            tf.math.mul(tf.math.softplus(free), constant(scope, later)));
    return tf.linalg.matMul(steps, constant(scope, upTo));
  }

  /** [1, K]: log(1 - exp(-g)) of the distance g that a class lies in, 0 of the outermost two. */
  private Operand<TFloating> between(GraphContext scope, Operand<TFloating> free) {
    Ops tf = scope.tf();
    double[][] inner = new double[classes - 1][classes];
    for (int k = 1; k < classes - 1; k++) {
      inner[k][k] = 1;
    }
    Operand<TFloating> lost = tf.math.expm1(tf.math.neg(tf.math.softplus(free)));
    Operand<TFloating> logs = tf.math.log(tf.math.neg(lost));
    return tf.linalg.matMul(logs, constant(scope, inner));
  }

  private static Operand<TFloating> constant(GraphContext scope, double[][] values) {
    return scope.toFloating(scope.tf().constant(values));
  }
}
