package org.mtl4j.models.star;

import org.mtl4j.core.graph.GraphContext;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.family.TFloating;

/**
 * Of the rows of several sets how many there are, and their mean and biased variance, unit by unit.
 *
 * @param rows [sets, 1]; need not be whole, for old rows count less
 * @param mean [sets, units]
 * @param variance [sets, units]
 */
record Moments(Operand<TFloating> rows, Operand<TFloating> mean, Operand<TFloating> variance) {
  /** Any divisor will do where there is nothing to divide. */
  private static final double NONE = 0.5;

  /**
   * Those of a batch; of a set without rows mean and variance are 0.
   *
   * @param z [B, units]
   * @param sets 1 where a row is of a set, else 0: [B, sets]
   */
  static Moments of(GraphContext context, Operand<TFloating> z, Operand<TFloating> sets) {
    Ops tf = context.tf();
    Operand<TFloating> rows =
        tf.linalg.transpose(
            tf.sum(sets, tf.constant(new int[] {0}), Sum.keepDims(true)),
            tf.constant(new int[] {1, 0}));
    Operand<TFloating> mean = mean(context, z, sets, rows);
    Operand<TFloating> difference = tf.math.sub(z, tf.linalg.matMul(sets, mean));
    return new Moments(rows, mean, mean(context, tf.math.mul(difference, difference), sets, rows));
  }

  private static Operand<TFloating> mean(
      GraphContext context,
      Operand<TFloating> z,
      Operand<TFloating> sets,
      Operand<TFloating> rows) {
    Ops tf = context.tf();
    Operand<TFloating> sums = tf.linalg.matMul(sets, z, MatMul.transposeA(true));
    return tf.math.div(sums, tf.math.maximum(rows, context.constant(NONE)));
  }

  /** The same of other numbers of rows. */
  Moments counting(Operand<TFloating> others) {
    return new Moments(others, mean, variance);
  }

  /**
   * Those of these rows and others together, set by set (Chan, Golub and LeVeque, 1979): no squares
   * are subtracted from each other. Of no rows at all they are these.
   */
  Moments with(GraphContext context, Moments others) {
    Ops tf = context.tf();
    Operand<TFloating> all = tf.math.add(rows, others.rows);
    Operand<TFloating> share = tf.math.divNoNan(others.rows, all);
    Operand<TFloating> apart = tf.math.sub(others.mean, mean);
    Operand<TFloating> within =
        tf.math.add(variance, tf.math.mul(share, tf.math.sub(others.variance, variance)));
    Operand<TFloating> between =
        tf.math.mul(
            tf.math.mul(share, tf.math.sub(context.constant(1), share)), tf.math.mul(apart, apart));
    return new Moments(
        all, tf.math.add(mean, tf.math.mul(share, apart)), tf.math.add(within, between));
  }

  /** Those of at least so many rows a set: the missing ones are as others are on average. */
  Moments filledUp(GraphContext context, double least, Moments others) {
    Ops tf = context.tf();
    Operand<TFloating> missing =
        tf.math.maximum(tf.math.sub(context.constant(least), rows), context.constant(0));
    return with(context, others.counting(missing));
  }
}
