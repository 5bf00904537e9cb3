package org.mtl4j.core.head;

import java.util.function.UnaryOperator;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.model.OutputTensor;
import org.mtl4j.core.task.BinaryLoss;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Yes or no, from log odds or from a log probability.
 *
 * @param minimised its loss
 */
record BinaryHead(BinaryLoss minimised) implements TaskHead {
  /**
   * Nearest to 0 that a log probability may come, so that log(1 - p) and its gradient, at most
   * 1e30, are finite in float32 too. Beyond it there is no gradient, which is why it is not larger:
   * a product that is surely wrong must still learn.
   */
  private static final double LARGEST_LOG_PROBABILITY = -1e-30;

  @Override
  public Operand<TFloating> loss(
      GraphContext context, OutputTensor output, Operand<TFloating> hard, double smoothing) {
    Ops tf = context.tf();
    if (minimised.ranks()) {
      throw new IllegalArgumentException(
          "expected rows by query for " + minimised + ", which no row has a loss of by itself");
    }
    Operand<TFloating> labels = TaskHead.smoothed(context, hard, smoothing);
    if (minimised instanceof BinaryLoss.Focal focal) {
      Operand<TFloating> gamma = context.constant(focal.gamma());
      return eitherWay(context, logOdds(context, output), labels, x -> focal(tf, gamma, x));
    }
    if (minimised instanceof BinaryLoss.Hinge) {
      Operand<TFloating> one = context.constant(1);
      return eitherWay(
          context, logOdds(context, output), labels, x -> tf.nn.relu(tf.math.sub(one, x)));
    }
    if (output instanceof OutputTensor.Logit logit) {
      // -y log s(x) - (1 - y) log(1 - s(x)) = softplus(x) - x y, which never overflows.
      return tf.math.sub(tf.math.softplus(logit.tensor()), tf.math.mul(logit.tensor(), labels));
    }
    Operand<TFloating> logP = bounded(context, output.tensor());
    Operand<TFloating> yes = tf.math.mul(labels, logP);
    Operand<TFloating> no =
        tf.math.mul(tf.math.sub(context.constant(1), labels), logOneMinusExp(context, logP));
    return tf.math.neg(tf.math.add(yes, no));
  }

  /** y loss(x) + (1 - y) loss(-x), where loss is that of a yes. */
  private static Operand<TFloating> eitherWay(
      GraphContext context,
      Operand<TFloating> x,
      Operand<TFloating> labels,
      UnaryOperator<Operand<TFloating>> loss) {
    Ops tf = context.tf();
    Operand<TFloating> yes = tf.math.mul(labels, loss.apply(x));
    Operand<TFloating> rest = tf.math.sub(context.constant(1), labels);
    return tf.math.add(yes, tf.math.mul(rest, loss.apply(tf.math.neg(x))));
  }

  /** -(1 - p)^gamma log p with log p = -softplus(-x) and log(1 - p) = -softplus(x). */
  private static Operand<TFloating> focal(Ops tf, Operand<TFloating> gamma, Operand<TFloating> x) {
    Operand<TFloating> factor = tf.math.exp(tf.math.neg(tf.math.mul(gamma, tf.math.softplus(x))));
    return tf.math.mul(factor, tf.math.softplus(tf.math.neg(x)));
  }

  /** The log odds [B] of an output. */
  static Operand<TFloating> logOdds(GraphContext context, OutputTensor output) {
    return output instanceof OutputTensor.Logit
        ? output.tensor()
        : logOdds(context, output.tensor());
  }

  private static Operand<TFloating> bounded(GraphContext context, Operand<TFloating> logP) {
    return context.tf().math.minimum(logP, context.constant(LARGEST_LOG_PROBABILITY));
  }

  /** The log odds of a log probability: log p - log(1 - p). */
  static Operand<TFloating> logOdds(GraphContext context, Operand<TFloating> logP) {
    Operand<TFloating> below = bounded(context, logP);
    return context.tf().math.sub(below, logOneMinusExp(context, below));
  }

  /**
   * log(1 - exp(x)) for x below 0: log(-expm1(x)) near 0 and log1p(-exp(x)) away from it, where
   * each is exact (Maechler, "Accurately computing log(1 - exp(-|a|))", 2012). Each branch sees
   * only arguments it is good at, so that the gradient of the other is never infinite.
   */
  private static Operand<TFloating> logOneMinusExp(GraphContext context, Operand<TFloating> x) {
    Ops tf = context.tf();
    Operand<TFloating> bend = context.constant(-Math.log(2));
    Operand<TFloating> near = tf.math.log(tf.math.neg(tf.math.expm1(tf.math.maximum(x, bend))));
    Operand<TFloating> far = tf.math.log1p(tf.math.neg(tf.math.exp(tf.math.minimum(x, bend))));
    return tf.select(tf.math.greater(x, bend), near, far);
  }

  @Override
  public Operand<TFloating> prediction(GraphContext context, OutputTensor output) {
    return output instanceof OutputTensor.Logit
        ? context.tf().math.sigmoid(output.tensor())
        : context.tf().math.exp(output.tensor());
  }
}
