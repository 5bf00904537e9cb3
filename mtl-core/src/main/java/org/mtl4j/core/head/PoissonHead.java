package org.mtl4j.core.head;

import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.model.OutputTensor;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A count, or another number that is not negative: half the Poisson deviance of label and rate,
 * both in units of the labels' mean. The logit x is the log of the rate in that unit.
 *
 * @param mean of the training labels, above 0
 */
record PoissonHead(double mean) implements TaskHead {
  /** What a log is taken of where the label is 0, and what multiplies it is 0 too. */
  private static final double TINY = 1e-30;

  /** The largest log of a rate, so that neither it nor a gradient that is left out is infinite. */
  private static final double LARGEST_LOG = 60;

  @Override
  public Operand<TFloating> loss(
      GraphContext context, OutputTensor output, Operand<TFloating> labels, double smoothing) {
    Ops tf = context.tf();
    Operand<TFloating> x = bounded(context, output);
    Operand<TFloating> y = tf.math.mul(labels, context.constant(1 / mean));
    Operand<TFloating> logY = tf.math.log(tf.math.maximum(y, context.constant(TINY)));
    Operand<TFloating> excess = tf.math.mul(y, tf.math.sub(logY, x));
    return tf.math.add(excess, tf.math.sub(tf.math.exp(x), y));
  }

  @Override
  public Operand<TFloating> prediction(GraphContext context, OutputTensor output) {
    Ops tf = context.tf();
    return tf.math.mul(tf.math.exp(bounded(context, output)), context.constant(mean));
  }

  private static Operand<TFloating> bounded(GraphContext context, OutputTensor output) {
    return context.tf().math.minimum(output.asLogit().tensor(), context.constant(LARGEST_LOG));
  }
}
