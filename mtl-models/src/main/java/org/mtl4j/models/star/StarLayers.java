package org.mtl4j.models.star;

import org.mtl4j.core.graph.Activation;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.Mlp;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * ReLU layers whose weights are a row's domain's:
 *
 * <pre>
 * W_p = W * (1 + V_p)   (element by element),   b_p = b + b'_p
 * h_l = relu(normalization(h_(l-1) W_p + b_p))
 * </pre>
 *
 * <p>W and b alone for rows of no listed domain. Scopes {@code dense_L} with {@code kernel} W [in,
 * units], Glorot uniform, {@code bias} b, zeros, and for each domain {@code domain_NAME} with
 * {@code scale} V_p [in, units] and {@code bias} b'_p, both zeros: all domains begin as one
 * network, and what draws weights to 0 draws a domain to what all share. The products with every
 * domain's weights are taken of every row, and all but the row's own multiplied by 0: D + 1 times
 * the multiplications of plain layers, in two matrix products.
 *
 * @param layers widths, dropout, and how sums are normalised, see {@link PartitionedNormalization}
 */
record StarLayers(Mlp layers) {
  /** The layers over x [B, in]: [B, last width]. */
  Operand<TFloating> apply(GraphContext context, Operand<TFloating> x, Domains domains) {
    PartitionedNormalization normalization = new PartitionedNormalization(layers.normalization());
    Operand<TFloating> hidden = x;
    for (int i = 1; i <= layers.layers().size(); i++) {
      GraphContext scope = context.scope("dense_" + i);
      Operand<TFloating> sums = sums(scope, hidden, domains, layers.layers().get(i - 1));
      Operand<TFloating> normal = normalization.apply(scope.scope("normalization"), sums, domains);
      hidden = scope.dropout(Activation.RELU.apply(scope, normal), layers.dropout());
    }
    return hidden;
  }

  private static Operand<TFloating> sums(
      GraphContext context, Operand<TFloating> x, Domains domains, int units) {
    Ops tf = context.tf();
    int in = GraphContext.width(x);
    Operand<TFloating> kernel =
        context.variable("kernel", Shape.of(in, units), Initializer.glorotUniform(in, units));
    Operand<TFloating> bias = context.variable("bias", Shape.of(units), Initializer.zeros());
    Operand<TFloating> domainBias = domains.variables(context, "bias", Shape.of(units));
    Operand<TFloating> rest = tf.math.mul(domains.rest(), tf.linalg.matMul(x, kernel));
    Operand<TFloating> product = tf.math.add(own(context, x, domains, kernel), rest);
    return tf.nn.biasAdd(tf.math.add(product, domains.of(context, domainBias)), bias);
  }

  /** x times the weights of the row's domain, 0 for the rest: [B, units]. */
  private static Operand<TFloating> own(
      GraphContext context, Operand<TFloating> x, Domains domains, Operand<TFloating> kernel) {
    Ops tf = context.tf();
    int count = domains.count();
    int in = GraphContext.width(x);
    int units = GraphContext.width(kernel);
    Operand<TFloating> scale =
        tf.math.add(domains.variables(context, "scale", Shape.of(in, units)), context.constant(1));
    Operand<TFloating> kernels =
        tf.reshape(
            tf.math.mul(tf.expandDims(kernel, tf.constant(1)), scale),
            tf.constant(new int[] {in, count * units}));
    Operand<TFloating> products =
        tf.reshape(tf.linalg.matMul(x, kernels), tf.constant(new int[] {-1, count, units}));
    Operand<TFloating> indicators = tf.expandDims(domains.listed(), tf.constant(2));
    return tf.sum(tf.math.mul(products, indicators), tf.constant(1));
  }
}
