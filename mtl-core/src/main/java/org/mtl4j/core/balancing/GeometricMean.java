package org.mtl4j.core.balancing;

import org.mtl4j.core.graph.GraphContext;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Geometric loss strategy: Chennupati, Sistu, Yogamani and Rawashdeh, "MultiNet++: multi-stream
 * feature aggregation and geometric loss strategy for multi-task learning", CVPR workshops 2019. A
 * step goes down the geometric mean of the n losses that the batch speaks about, (L1 ... Ln)^(1/n);
 * so a task counts that mean / (n L): scales do not matter, nor does {@code loss_weight}, but where
 * it is 0. Losses below 1e-12 are taken for that. Not for losses that may be negative.
 */
public record GeometricMean() implements LossBalancing {
  private static final double SMALLEST = 1e-12;

  @Override
  public Balanced balance(Inputs inputs) {
    GraphContext context = inputs.context();
    Ops tf = context.tf();
    Operand<TFloating> present = WeightedSum.present(inputs);
    Operand<TFloating> count = WeightedSum.total(tf, present);
    Operand<TFloating> losses =
        tf.math.maximum(WeightedSum.losses(inputs), context.constant(SMALLEST));
    Operand<TFloating> meanLog =
        tf.math.divNoNan(WeightedSum.total(tf, tf.math.mul(present, tf.math.log(losses))), count);
    // Without any task the exponential is 1, and there is nothing to go down.
    Operand<TFloating> mean = tf.math.mul(tf.math.sign(count), tf.math.exp(meanLog));
    Operand<TFloating> weights =
        tf.math.mul(present, tf.math.divNoNan(mean, tf.math.mul(count, losses)));
    return WeightedSum.minimizing(inputs, mean, tf.stopGradient(weights));
  }
}
