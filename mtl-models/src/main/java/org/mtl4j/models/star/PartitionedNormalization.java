package org.mtl4j.models.star;

import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Normalisation by domain:
 *
 * <pre>
 * y = gamma * gamma'_p * (z - mean) / sqrt(variance + 0.001) + beta + beta'_p
 * </pre>
 *
 * <p>By {@code batch} mean and variance are those of the batch's rows of the same domain, the rest
 * being a domain here too, and in inference the domain's moving averages: after its n-th batch with
 * rows of the domain they move by max(1 / n, 0.01) of the way to that batch's, and stay where a
 * batch has none. By {@code layer} they are those of each row over its units. gamma and gamma'
 * begin at 1, beta and beta' at 0, the rest has no others. Variables {@code gamma}, {@code beta}
 * [units], {@code domain_gamma}, {@code domain_beta} [D, units]; {@code moving_mean}, {@code
 * moving_variance} [D + 1, units] and {@code batches} n [D + 1, 1], the rest last.
 *
 * @param kind whose mean and variance; none: z as it is
 */
record PartitionedNormalization(Normalization kind) {
  private static final double EPSILON = 1e-3;
  private static final double LEAST_SHARE = 0.01;

  /** Any divisor will do where there is nothing to divide. */
  private static final double NONE_YET = 0.5;

  /** Normalises z [B, units]. */
  Operand<TFloating> apply(GraphContext context, Operand<TFloating> z, Domains domains) {
    if (kind == Normalization.NONE) {
      return z;
    }
    Ops tf = context.tf();
    int units = GraphContext.width(z);
    Shape each = Shape.of(domains.count(), units);
    Initializer one = new Initializer.Constant(1);
    Operand<TFloating> gamma = context.variable("gamma", Shape.of(units), one);
    Operand<TFloating> beta = context.variable("beta", Shape.of(units), Initializer.zeros());
    Operand<TFloating> gammas = context.variable("domain_gamma", each, one);
    Operand<TFloating> betas = context.variable("domain_beta", each, Initializer.zeros());
    Operand<TFloating> normal =
        kind == Normalization.LAYER ? byRow(context, z) : byDomain(context, z, domains);
    Operand<TFloating> scale = tf.math.mul(domains.of(context, gammas, 1), gamma);
    Operand<TFloating> shift = tf.math.add(domains.of(context, betas, 0), beta);
    return tf.math.add(tf.math.mul(normal, scale), shift);
  }

  private static Operand<TFloating> byRow(GraphContext context, Operand<TFloating> z) {
    Operand<TFloating> difference = context.tf().math.sub(z, rowMean(context, z));
    Operand<TFloating> squares = context.tf().math.mul(difference, difference);
    return divided(context, difference, rowMean(context, squares));
  }

  private static Operand<TFloating> rowMean(GraphContext context, Operand<TFloating> z) {
    Ops tf = context.tf();
    Operand<TFloating> sum = tf.sum(z, tf.constant(new int[] {1}), Sum.keepDims(true));
    return tf.math.div(sum, context.constant(GraphContext.width(z)));
  }

  private static Operand<TFloating> byDomain(
      GraphContext context, Operand<TFloating> z, Domains domains) {
    Ops tf = context.tf();
    Operand<TFloating> rows = domains.all(tf);
    Shape shape = Shape.of(domains.count() + 1, GraphContext.width(z));
    Variable movingMean = moving(context, "moving_mean", shape, Initializer.zeros());
    Variable movingVariance =
        moving(context, "moving_variance", shape, new Initializer.Constant(1));
    Variable batches =
        moving(context, "batches", Shape.of(domains.count() + 1, 1), Initializer.zeros());
    if (!context.isTraining()) {
      Operand<TFloating> difference = tf.math.sub(z, tf.linalg.matMul(rows, movingMean.value()));
      return divided(context, difference, tf.linalg.matMul(rows, movingVariance.value()));
    }
    Operand<TFloating> counts =
        tf.linalg.transpose(
            tf.sum(rows, tf.constant(new int[] {0}), Sum.keepDims(true)),
            tf.constant(new int[] {1, 0}));
    Operand<TFloating> mean = domainMean(context, rows, z, counts);
    Operand<TFloating> difference = tf.math.sub(z, tf.linalg.matMul(rows, mean));
    Operand<TFloating> variance =
        domainMean(context, rows, tf.math.mul(difference, difference), counts);
    Operand<TFloating> present =
        context.toFloating(
            tf.dtypes.cast(tf.math.greater(counts, context.constant(0)), TInt32.class));
    Operand<TFloating> number = tf.math.add(batches.value(), present);
    Operand<TFloating> share = tf.math.mul(present, share(context, number));
    move(context, movingMean, mean, share);
    move(context, movingVariance, variance, share);
    // By what was read above, so that it is read before it is written.
    context.atStepEnd(end -> end.assignVariableOp(batches.handle(), number));
    return divided(context, difference, tf.linalg.matMul(rows, variance));
  }

  /** Of the rows of each domain, 0 for a domain without rows: [D + 1, units]. */
  private static Operand<TFloating> domainMean(
      GraphContext context,
      Operand<TFloating> rows,
      Operand<TFloating> z,
      Operand<TFloating> counts) {
    Ops tf = context.tf();
    Operand<TFloating> sums = tf.linalg.matMul(rows, z, MatMul.transposeA(true));
    return tf.math.div(sums, tf.math.maximum(counts, context.constant(NONE_YET)));
  }

  private static Operand<TFloating> divided(
      GraphContext context, Operand<TFloating> difference, Operand<TFloating> variance) {
    Ops tf = context.tf();
    return tf.math.div(difference, tf.math.sqrt(tf.math.add(variance, context.constant(EPSILON))));
  }

  private static Variable moving(
      GraphContext context, String name, Shape shape, Initializer first) {
    return context.variables().get(context.path() + "/" + name, shape, first);
  }

  /** max(1 / number, 0.01). */
  private static Operand<TFloating> share(GraphContext context, Operand<TFloating> number) {
    Ops tf = context.tf();
    Operand<TFloating> divisor = tf.math.maximum(number, context.constant(NONE_YET));
    return tf.math.maximum(
        tf.math.div(context.constant(1), divisor), context.constant(LEAST_SHARE));
  }

  private static void move(
      GraphContext context, Variable average, Operand<TFloating> batch, Operand<TFloating> share) {
    context.atStepEnd(
        tf ->
            tf.assignSubVariableOp(
                average.handle(), tf.math.mul(tf.math.sub(average.value(), batch), share)));
  }
}
