package org.mtl4j.core.balancing;

import org.mtl4j.core.graph.GraphContext;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * One of two parts of a batch: every n-th row, beginning with another one each step, or the others.
 * An epoch's order is random, so that each part is a sample.
 *
 * @param every n, at least 2
 * @param held whether every n-th row is meant, or the others
 */
public record RowFold(int every, boolean held) {
  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException naming it, what was expected and what was found
   */
  public RowFold {
    if (every < 2) {
      throw new IllegalArgumentException("every: expected at least 2, found " + every);
    }
  }

  /**
   * Which rows are in the part.
   *
   * @param rows a vector with an element a row
   * @return [B]: 1 for a row of the part, otherwise 0
   */
  Operand<TFloating> of(GraphContext context, Operand<TFloating> rows) {
    Ops tf = context.tf();
    Operand<TInt64> size = tf.gather(tf.shape(rows, TInt64.class), tf.constant(0), tf.constant(0));
    Operand<TInt64> numbers = tf.range(tf.constant(0L), size, tf.constant(1L));
    Operand<TInt64> rest =
        tf.math.floorMod(tf.math.add(numbers, context.step()), tf.constant((long) every));
    Operand<TFloating> others = tf.math.sign(context.toFloating(rest));
    return held ? tf.math.sub(context.constant(1), others) : others;
  }
}
