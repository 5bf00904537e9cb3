package org.mtl4j.models.star;

import java.util.List;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.Normalization;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Normalisation by domain:
 *
 * <pre>
 * y = gamma * gamma'_p * (z - mean) / sqrt(variance + 0.001) + beta + beta'_p
 * </pre>
 *
 * <p>By {@code batch} mean and variance are those of the batch's rows of the same domain, the rest
 * being a domain here too, and in inference those of all rows of the domain that training has seen,
 * as {@link MovingMoments} say. Neither rests on fewer than {@value #LEAST} rows: a row alone would
 * be normalised to 0, and a handful by a variance that is too small. What is missing of them in a
 * batch is taken from the rows of the domain before, and what was seen of a domain at all is filled
 * up by what was seen of all domains:
 *
 * <pre>
 * training:  batch_p + (32 - its rows) of (seen_p + (32 - its rows) of seen_all, this batch's among them)
 * inference: seen_p  + (32 - its rows) of seen_all
 * </pre>
 *
 * <p>So a domain without rows, the rest where none was seen, is normalised as all rows are
 * together.
 *
 * <p>By {@code layer} mean and variance are those of each row over its units. gamma and gamma'
 * begin at 1, beta and beta' at 0, the rest has no others. Variables {@code gamma}, {@code beta}
 * [units], for each domain {@code domain_NAME/scale} gamma' - 1 and {@code domain_NAME/shift} beta'
 * [units].
 *
 * @param kind whose mean and variance; none: z as it is
 */
record PartitionedNormalization(Normalization kind) {
  /** Rows that a mean and a variance rest on. */
  static final int LEAST = 32;

  /** Normalises z [B, units]. */
  Operand<TFloating> apply(GraphContext context, Operand<TFloating> z, Domains domains) {
    if (kind == Normalization.NONE) {
      return z;
    }
    Ops tf = context.tf();
    Shape shape = Shape.of(GraphContext.width(z));
    Operand<TFloating> gamma = context.variable("gamma", shape, new Initializer.Constant(1));
    Operand<TFloating> beta = context.variable("beta", shape, Initializer.zeros());
    Operand<TFloating> scales = domains.of(context, domains.variables(context, "scale", shape));
    Operand<TFloating> shifts = domains.of(context, domains.variables(context, "shift", shape));
    Operand<TFloating> normal =
        kind == Normalization.BATCH ? byDomain(context, z, domains) : kind.normal(context, z);
    Operand<TFloating> scale = tf.math.mul(gamma, tf.math.add(scales, context.constant(1)));
    return tf.math.add(tf.math.mul(normal, scale), tf.math.add(shifts, beta));
  }

  private static Operand<TFloating> byDomain(
      GraphContext context, Operand<TFloating> z, Domains domains) {
    Ops tf = context.tf();
    MovingMoments seen = new MovingMoments(domains.allScopes(), GraphContext.width(z));
    MovingMoments seenOfAll = new MovingMoments(List.of("all"), GraphContext.width(z));
    Operand<TFloating> rows = domains.all(tf);
    Moments by;
    if (context.isTraining()) {
      Moments batch = Moments.of(context, z, rows);
      Moments before = seen.now(context);
      seen.see(context, batch);
      Operand<TFloating> every = tf.onesLike(domains.rest());
      Moments all = seenOfAll.see(context, Moments.of(context, z, every));
      by = batch.filledUp(context, LEAST, before.filledUp(context, LEAST, all));
    } else {
      by = seen.now(context).filledUp(context, LEAST, seenOfAll.now(context));
    }
    Operand<TFloating> difference = tf.math.sub(z, tf.linalg.matMul(rows, by.mean()));
    return Normalization.scaled(context, difference, tf.linalg.matMul(rows, by.variance()));
  }
}
