package org.mtl4j.core.head;

import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.model.OutputTensor;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** One of several classes: softmax cross-entropy in nats. */
record MulticlassHead(int classes) implements TaskHead {
  @Override
  public Operand<TFloating> loss(
      GraphContext context, OutputTensor output, Operand<TFloating> labels, double smoothing) {
    Ops tf = context.tf();
    Operand<TFloating> shares =
        tf.oneHot(
            tf.dtypes.cast(labels, TInt32.class),
            tf.constant(classes),
            context.constant(1 - smoothing + smoothing / classes),
            context.constant(smoothing / classes));
    // Of the fused operations SparseSoftmaxCrossEntropyWithLogits has no gradient here, and the
    // gradient of SoftmaxCrossEntropyWithLogits knows float32 only.
    Operand<TFloating> logProbabilities = tf.nn.logSoftmax(output.asLogit().tensor());
    return tf.math.neg(tf.sum(tf.math.mul(shares, logProbabilities), tf.constant(1)));
  }

  @Override
  public Operand<TFloating> prediction(GraphContext context, OutputTensor output) {
    return context.tf().nn.softmax(output.asLogit().tensor());
  }
}
