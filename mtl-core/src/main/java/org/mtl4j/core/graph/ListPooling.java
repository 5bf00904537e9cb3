package org.mtl4j.core.graph;

import java.util.Objects;
import org.mtl4j.core.schema.Pooling;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.family.TFloating;

/**
 * Pools lists of vectors: [B, L, dim] and a mask [B, L] of 1 where there is one and 0 for padding
 * become [B, dim]. With n the number of a list's vectors x_i, the mean is sum x_i / n, the sum sum
 * x_i, sqrtn sum x_i / sqrt(n) and max the greatest number of each component; where n is 0, all are
 * 0. Padding has no gradient; where several vectors share a maximum, they share its gradient.
 */
public final class ListPooling {
  /** Below any number that an embedding may hold, and a float32 still. */
  private static final double LOWEST = -1e30;

  private final Ops tf;
  private final GraphContext context;

  /** Makes its operations in the given scope. */
  public ListPooling(GraphContext context) {
    this.context = context;
    this.tf = context.tf();
  }

  /**
   * Pools.
   *
   * @param vectors [B, L, dim]
   * @param mask [B, L]
   * @return [B, dim]
   */
  public Operand<TFloating> pool(
      Operand<TFloating> vectors, Operand<TFloating> mask, Pooling pooling) {
    Objects.requireNonNull(pooling);
    Operand<TFloating> each = tf.expandDims(mask, tf.constant(2));
    Operand<TFloating> present = tf.math.mul(vectors, each);
    if (pooling == Pooling.MAX) {
      Operand<TFloating> lowered =
          tf.math.add(
              present,
              tf.math.mul(tf.math.sub(context.constant(1), each), context.constant(LOWEST)));
      Operand<TFloating> any = tf.max(mask, tf.constant(1), Max.keepDims(true));
      return tf.math.mul(tf.max(lowered, tf.constant(1)), any);
    }
    Operand<TFloating> sum = tf.sum(present, tf.constant(1));
    if (pooling == Pooling.SUM) {
      return sum;
    }
    Operand<TFloating> count = tf.sum(mask, tf.constant(1), Sum.keepDims(true));
    return tf.math.divNoNan(sum, pooling == Pooling.MEAN ? count : tf.math.sqrt(count));
  }
}
