package org.mtl4j.core.graph;

import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * What is done to a layer's sums before its activation: gamma (x - mean) / sqrt(variance + 0.001) +
 * beta, with a gamma, first 1, and a beta, first 0, a value of a row. Mean and variance are
 * composed of sums, for fused batch normalisation has no gradient here.
 */
public enum Normalization {
  /** Nothing. */
  NONE,
  /**
   * Mean and variance of each value over the batch's rows, all of them, whatever tasks say of a row
   * (Ioffe and Szegedy, ICML 2015). Inference takes moving averages, variables {@code moving_mean}
   * and {@code moving_variance}: after step t they move by max(1 / t, 0.01) of the way to the
   * batch's, so that the first batches count alike and nothing of the first values is left.
   */
  BATCH,
  /** Mean and variance of each row over its values (Ba, Kiros and Hinton, 2016). */
  LAYER;

  private static final double EPSILON = 1e-3;
  private static final double LEAST_SHARE = 0.01;

  /**
   * Normalises in the given scope x [B, units], or x [B, experts, units]: the same shape, of which
   * all but B is known. Layer normalisation takes mean and variance over the units.
   */
  public Operand<TFloating> apply(GraphContext context, Operand<TFloating> x) {
    if (this == NONE) {
      return x;
    }
    Shape shape = ofRow(x);
    Ops tf = context.tf();
    Operand<TFloating> normal = normal(context, x);
    Operand<TFloating> gamma = context.variable("gamma", shape, new Initializer.Constant(1));
    Operand<TFloating> beta = context.variable("beta", shape, Initializer.zeros());
    return tf.math.add(tf.math.mul(normal, gamma), beta);
  }

  private static Shape ofRow(Operand<TFloating> x) {
    long[] dimensions = x.asOutput().shape().asArray();
    return Shape.of(Arrays.copyOfRange(dimensions, 1, dimensions.length));
  }

  /** The same of x [B, units] without gamma and beta: (x - mean) / sqrt(variance + 0.001). */
  public Operand<TFloating> normal(GraphContext context, Operand<TFloating> x) {
    if (this == NONE) {
      return x;
    }
    Shape shape = ofRow(x);
    int axis = this == BATCH ? 0 : shape.numDimensions();
    if (this == BATCH && !context.isTraining()) {
      return scaled(
          context,
          context.tf().math.sub(x, moving(context, "moving_mean", shape).value()),
          moving(context, "moving_variance", shape).value());
    }
    Operand<TFloating> mean = mean(context, x, axis);
    Operand<TFloating> difference = context.tf().math.sub(x, mean);
    Operand<TFloating> variance =
        mean(context, context.tf().math.mul(difference, difference), axis);
    if (this == BATCH) {
      move(context, moving(context, "moving_mean", shape), mean);
      move(context, moving(context, "moving_variance", shape), variance);
    }
    return scaled(context, difference, variance);
  }

  /** What x [B, units] differs from a mean by, over the square root of variance + 0.001. */
  public static Operand<TFloating> scaled(
      GraphContext context, Operand<TFloating> difference, Operand<TFloating> variance) {
    Ops tf = context.tf();
    return tf.math.div(difference, tf.math.sqrt(tf.math.add(variance, context.constant(EPSILON))));
  }

  /** Of one size in that dimension. */
  private static Operand<TFloating> mean(GraphContext context, Operand<TFloating> x, int axis) {
    Ops tf = context.tf();
    Operand<TInt32> size = tf.gather(tf.shape(x), tf.constant(axis), tf.constant(0));
    Operand<TFloating> sum = tf.sum(x, tf.constant(new int[] {axis}), Sum.keepDims(true));
    return tf.math.div(sum, context.toFloating(size));
  }

  private static Variable moving(GraphContext context, String name, Shape shape) {
    Initializer first =
        name.equals("moving_mean") ? Initializer.zeros() : new Initializer.Constant(1);
    return context.variables().get(context.path() + "/" + name, shape, first);
  }

  private static void move(GraphContext context, Variable average, Operand<TFloating> batch) {
    context.atStepEnd(
        tf -> {
          Operand<TFloating> share =
              tf.math.maximum(
                  tf.math.div(context.constant(1), context.toFloating(context.step())),
                  context.constant(LEAST_SHARE));
          Operand<TFloating> now = tf.reshape(batch, tf.constant(average.shape()));
          Op moved =
              tf.assignSubVariableOp(
                  average.handle(), tf.math.mul(tf.math.sub(average.value(), now), share));
          return moved;
        });
  }
}
