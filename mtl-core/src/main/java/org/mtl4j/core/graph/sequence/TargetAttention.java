package org.mtl4j.core.graph.sequence;

import java.util.List;
import org.mtl4j.core.graph.Activation;
import org.mtl4j.core.graph.Dense;
import org.mtl4j.core.graph.GraphContext;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * What of a history matters for a candidate: the local activation unit of DIN (Zhou and others, KDD
 * 2018). With q the candidate and e_t a value,
 *
 * <pre>
 * a_t = ReLU([e_t, q, e_t - q, e_t * q] hidden) weight
 * result = sum over values of a_t e_t
 * </pre>
 *
 * <p>The weights are not normalised, so that a strong interest stays strong. Layers in the scopes
 * {@code hidden} [4 dim, units] and {@code weight} [units, 1], each with kernel and bias.
 *
 * @param units width of the hidden layer
 */
public record TargetAttention(int units) {
  private static final int PARTS = 4;

  /**
   * Encodes histories.
   *
   * @param query [B, dim]
   * @return [B, dim]; zeros for a history without values
   */
  public Operand<TFloating> apply(GraphContext context, History history, Operand<TFloating> query) {
    Ops tf = context.tf();
    Operand<TFloating> each = tf.expandDims(history.mask(), tf.constant(2));
    Operand<TFloating> present = tf.math.mul(history.values(), each);
    // The query at every place: a sum repeats it where a broadcast has no gradient.
    Operand<TFloating> queries =
        tf.math.add(
            tf.math.mul(present, context.constant(0)), tf.expandDims(query, tf.constant(1)));
    Operand<TFloating> pairs =
        tf.concat(
            List.of(present, queries, tf.math.sub(present, queries), tf.math.mul(present, queries)),
            tf.constant(2));
    Operand<TFloating> hidden =
        new Dense(units, Activation.RELU)
            .apply(
                context.scope("hidden"),
                tf.reshape(pairs, tf.constant(new int[] {-1, PARTS * history.dim()})));
    Operand<TFloating> weights =
        tf.reshape(
            new Dense(1, Activation.LINEAR).apply(context.scope("weight"), hidden), tf.shape(each));
    return tf.sum(tf.math.mul(present, weights), tf.constant(1));
  }
}
