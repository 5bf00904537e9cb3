package org.mtl4j.core.head;

import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.RegressionLoss;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A number. The logit is in standard deviations of the training labels around their mean, and so is
 * the loss; the prediction is in the label's unit.
 */
record RegressionHead(RegressionLoss loss, LabelEncoding.Scale scale) implements TaskHead {
  @Override
  public Operand<TFloating> loss(
      GraphContext context, OutputTensor output, Operand<TFloating> labels, double smoothing) {
    Ops tf = context.tf();
    Operand<TFloating> target =
        tf.math.mul(
            tf.math.sub(labels, context.constant(scale.mean())),
            context.constant(1 / scale.deviation()));
    Operand<TFloating> error = tf.math.sub(output.asLogit().tensor(), target);
    if (loss instanceof RegressionLoss.Mae) {
      return tf.math.abs(error);
    }
    if (loss instanceof RegressionLoss.Huber) {
      return huber(context, error);
    }
    return loss instanceof RegressionLoss.Quantile quantile
        ? pinball(context, error, quantile.level())
        : tf.math.square(error);
  }

  /** Of the error e = prediction - label: max((1 - q) e, -q e). */
  private static Operand<TFloating> pinball(
      GraphContext context, Operand<TFloating> error, double level) {
    Ops tf = context.tf();
    return tf.math.maximum(
        tf.math.mul(error, context.constant(1 - level)),
        tf.math.mul(error, context.constant(-level)));
  }

  /** e^2 / 2 up to 1, |e| - 1/2 beyond: with q = min(|e|, 1) it is q^2 / 2 + |e| - q. */
  private static Operand<TFloating> huber(GraphContext context, Operand<TFloating> error) {
    Ops tf = context.tf();
    Operand<TFloating> size = tf.math.abs(error);
    Operand<TFloating> quadratic = tf.math.minimum(size, context.constant(1));
    Operand<TFloating> half = tf.math.mul(context.constant(0.5), tf.math.square(quadratic));
    return tf.math.add(half, tf.math.sub(size, quadratic));
  }

  @Override
  public Operand<TFloating> prediction(GraphContext context, OutputTensor output) {
    Ops tf = context.tf();
    return tf.math.add(
        tf.math.mul(output.asLogit().tensor(), context.constant(scale.deviation())),
        context.constant(scale.mean()));
  }
}
