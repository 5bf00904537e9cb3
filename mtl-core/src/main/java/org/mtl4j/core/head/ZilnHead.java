package org.mtl4j.core.head;

import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.model.OutputTensor;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * A value that is mostly 0 and otherwise has a heavy tail: zero-inflated log-normal, as {@link
 * org.mtl4j.core.task.RegressionLoss.Ziln} says. Logits [B, 3]: of the probability to be above 0,
 * of mu, and of sigma before its softplus.
 *
 * @param mean of the training labels, above 0: mu is of labels in that unit
 */
record ZilnHead(double mean) implements TaskHead {
  private static final double LEAST_SIGMA = 0.01;

  /** The largest log of a prediction, in units of the mean: beyond it float32 has no numbers. */
  private static final double LARGEST_LOG = 60;

  @Override
  public Operand<TFloating> loss(
      GraphContext context, OutputTensor output, Operand<TFloating> labels, double smoothing) {
    Ops tf = context.tf();
    Parameters of = Parameters.of(context, output);
    Operand<TFloating> isPositive =
        context.toFloating(
            tf.dtypes.cast(tf.math.greater(labels, context.constant(0)), TInt32.class));
    // Where a label is 0 its log has no say, and it stands for 1 so that the log is finite.
    Operand<TFloating> y =
        tf.math.add(
            tf.math.mul(labels, context.constant(1 / mean)),
            tf.math.sub(context.constant(1), isPositive));
    Operand<TFloating> off = tf.math.div(tf.math.sub(tf.math.log(y), of.mu()), of.sigma());
    // In units of the least sigma, which keeps the loss at 0 or above: methods that balance tasks
    // take logarithms of losses.
    Operand<TFloating> scaled = context.constant(1 / LEAST_SIGMA);
    Operand<TFloating> size =
        tf.math.add(
            tf.math.log(tf.math.mul(of.sigma(), scaled)),
            tf.math.mul(context.constant(0.5), tf.math.square(off)));
    Operand<TFloating> whether =
        tf.math.sub(tf.math.softplus(of.whether()), tf.math.mul(of.whether(), isPositive));
    return tf.math.add(whether, tf.math.mul(isPositive, size));
  }

  @Override
  public Operand<TFloating> prediction(GraphContext context, OutputTensor output) {
    Ops tf = context.tf();
    Parameters of = Parameters.of(context, output);
    Operand<TFloating> half = tf.math.mul(context.constant(0.5), tf.math.square(of.sigma()));
    Operand<TFloating> log =
        tf.math.minimum(tf.math.add(of.mu(), half), context.constant(LARGEST_LOG));
    Operand<TFloating> size = tf.math.mul(tf.math.exp(log), context.constant(mean));
    return tf.math.mul(tf.math.sigmoid(of.whether()), size);
  }

  /**
   * A row's distribution.
   *
   * @param whether [B] log odds of a value above 0
   * @param mu [B] mean of the log of such a value, in units of the labels' mean
   * @param sigma [B] its standard deviation, above 0
   */
  private record Parameters(
      Operand<TFloating> whether, Operand<TFloating> mu, Operand<TFloating> sigma) {
    static Parameters of(GraphContext context, OutputTensor output) {
      Ops tf = context.tf();
      var logits = tf.unstack(output.asLogit().tensor(), 3L, Unstack.axis(1L)).output();
      Operand<TFloating> sigma =
          tf.math.add(tf.math.softplus(logits.get(2)), context.constant(LEAST_SIGMA));
      return new Parameters(logits.get(0), logits.get(1), sigma);
    }
  }
}
