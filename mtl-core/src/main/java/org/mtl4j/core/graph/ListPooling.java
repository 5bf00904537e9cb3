package org.mtl4j.core.graph;

import java.util.Objects;
import org.mtl4j.core.schema.Pooling;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.family.TFloating;

/**
 * Pools lists of vectors: x [B, L, dim] and weights w [B, L], 0 for padding, become [B, dim]. The
 * mean is sum w x / sum w, the sum sum w x, sqrtn sum w x / sqrt(sum w^2), and max, whose weights
 * are 1, the greatest number of each component; where all weights are 0, all are 0. Padding has no
 * gradient; where several vectors share a maximum, they share its gradient.
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
   * @param weights [B, L], at least 0; for {@link Pooling#MAX} 0 or 1
   * @return [B, dim]
   */
  public Operand<TFloating> pool(
      Operand<TFloating> vectors, Operand<TFloating> weights, Pooling pooling) {
    Objects.requireNonNull(pooling);
    Operand<TFloating> each = tf.expandDims(weights, tf.constant(2));
    Operand<TFloating> present = tf.math.mul(vectors, each);
    if (pooling == Pooling.MAX) {
      Operand<TFloating> lowered =
          tf.math.add(
              present,
              tf.math.mul(tf.math.sub(context.constant(1), each), context.constant(LOWEST)));
      Operand<TFloating> any = tf.max(weights, tf.constant(1), Max.keepDims(true));
      return tf.math.mul(tf.max(lowered, tf.constant(1)), any);
    }
    Operand<TFloating> sum = tf.sum(present, tf.constant(1));
    if (pooling == Pooling.SUM) {
      return sum;
    }
    if (pooling == Pooling.MEAN) {
      return tf.math.divNoNan(sum, tf.sum(weights, tf.constant(1), Sum.keepDims(true)));
    }
    Operand<TFloating> squares =
        tf.sum(tf.math.square(weights), tf.constant(1), Sum.keepDims(true));
    return tf.math.divNoNan(sum, tf.math.sqrt(squares));
  }
}
