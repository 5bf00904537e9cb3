package org.mtl4j.core.head;

import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.model.OutputTensor;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A set of classes, each of them yes or no: the mean over the classes of the cross-entropy in nats,
 * so that a task of a hundred classes weighs no more than one of two.
 */
record MultilabelHead() implements TaskHead {
  @Override
  public Operand<TFloating> loss(
      GraphContext context, OutputTensor output, Operand<TFloating> hard, double smoothing) {
    Ops tf = context.tf();
    Operand<TFloating> labels = TaskHead.smoothed(context, hard, smoothing);
    Operand<TFloating> x = output.asLogit().tensor();
    // As of one yes or no, see BinaryHead.
    Operand<TFloating> losses = tf.math.sub(tf.math.softplus(x), tf.math.mul(x, labels));
    return tf.math.mean(losses, tf.constant(1));
  }

  @Override
  public Operand<TFloating> prediction(GraphContext context, OutputTensor output) {
    return context.tf().math.sigmoid(output.asLogit().tensor());
  }
}
