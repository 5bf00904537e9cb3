package org.mtl4j.core.head;

import org.mtl4j.core.graph.GraphContext;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The loss of a task in a training graph: the weighted mean over the rows that have a say.
 *
 * @param task the task's name
 * @param rows what it is the mean of
 * @param numerator scalar: sum of weight * loss
 * @param denominator scalar: sum of weights
 * @param mean scalar: numerator / denominator, 0 when no row of the batch has a say
 */
public record TaskLoss(
    String task,
    Rows rows,
    Operand<TFloating> numerator,
    Operand<TFloating> denominator,
    Operand<TFloating> mean) {
  /**
   * Losses row by row.
   *
   * @param values [B] losses
   * @param weights [B] how much a row counts, 0 where it has no say
   */
  public record Rows(Operand<TFloating> values, Operand<TFloating> weights) {}

  /** The mean of losses row by row. */
  public static TaskLoss of(GraphContext context, String task, Rows rows) {
    Ops tf = context.tf();
    Operand<TFloating> weights = rows.weights();
    // Left out, not only multiplied by 0: the loss of a row without a say may be infinite.
    Operand<TFloating> counted =
        tf.select(
            tf.math.greater(weights, context.constant(0)),
            rows.values(),
            tf.zerosLike(rows.values()));
    Operand<TFloating> numerator = tf.sum(tf.math.mul(counted, weights), tf.constant(0));
    Operand<TFloating> denominator = tf.sum(weights, tf.constant(0));
    Operand<TFloating> mean = tf.math.divNoNan(numerator, denominator);
    return new TaskLoss(task, rows, numerator, denominator, mean);
  }

  /**
   * The same over part of the rows.
   *
   * @param part [B] 1 for a row of the part, otherwise 0
   */
  public TaskLoss over(GraphContext context, Operand<TFloating> part) {
    return of(context, task, new Rows(rows.values(), context.tf().math.mul(rows.weights(), part)));
  }
}
