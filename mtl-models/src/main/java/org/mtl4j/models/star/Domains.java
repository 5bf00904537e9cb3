package org.mtl4j.models.star;

import java.util.List;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.WideOps;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.family.TFloating;

/**
 * Which domain each row of a batch is of. Rows that are of none of the listed ones are together one
 * more, the rest.
 *
 * @param listed 1 in the column of the row's domain, else 0: [B, D]
 * @param rest 1 for rows of no listed domain, else 0: [B, 1]
 */
record Domains(Operand<TFloating> listed, Operand<TFloating> rest) {
  /** Of indicators [B, D] alone. */
  static Domains of(GraphContext context, Operand<TFloating> listed) {
    Ops tf = context.tf();
    Operand<TFloating> any = tf.sum(listed, tf.constant(new int[] {1}), Sum.keepDims(true));
    return new Domains(listed, tf.math.sub(context.constant(1), any));
  }

  /** How many are listed. */
  int count() {
    return GraphContext.width(listed);
  }

  /** The same with the rest as the last column: [B, D + 1]. */
  Operand<TFloating> all(Ops tf) {
    return WideOps.concat(tf, List.of(listed, rest), 1);
  }

  /**
   * What each row's domain has: [B, units].
   *
   * @param values a row a listed domain [D, units]
   * @param otherwise what rows of the rest have, each unit
   */
  Operand<TFloating> of(GraphContext context, Operand<TFloating> values, double otherwise) {
    Ops tf = context.tf();
    return tf.math.add(
        tf.linalg.matMul(listed, values), tf.math.mul(rest, context.constant(otherwise)));
  }
}
