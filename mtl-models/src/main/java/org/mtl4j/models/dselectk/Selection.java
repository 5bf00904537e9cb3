package org.mtl4j.models.dselectk;

import java.util.List;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.models.component.Regularized;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.family.TFloating;

/**
 * A gate that ends with a few experts, and is smooth on the way: each selector writes the number of
 * an expert in binary digits, every one a smooth step S between 0 and 1.
 *
 * <pre>
 * S(z) = 0 for z up to -gamma / 2, 1 from gamma / 2 on, else -2 (z / gamma)^3 + 3/2 z / gamma + 1/2
 * r_i(c) = product over digits b of S(z_(i,b)) where c has a 1 there, 1 - S(z_(i,b)) where a 0
 * g(e) = sum over selectors i of softmax(a)_i r_i(e)
 * </pre>
 *
 * <p>Per example z and a are linear in x; else they are weights of the task, and g is the same for
 * every row. Where experts are no power of two, codes c beyond the last expert stand for expert c -
 * experts, so that weights always sum to 1; the authors leave such codes empty and fine them. z
 * starts within 0.01 gamma of 0, where experts weigh about the same. A digit beyond gamma / 2 has
 * no gradient any more: it is chosen.
 *
 * @param selectors how many experts a task ends with at most, at least 1
 * @param perExample whether the choice depends on the row
 * @param gamma width of the smooth step, above 0
 * @param entropy weight of the loss that has selectors decide, at least 0
 */
public record Selection(
    @Default("2") int selectors,
    @Default("true") boolean perExample,
    @Default("1") double gamma,
    @Default("0") double entropy) {
  private static final double START = 0.01;

  /** As the authors' code has it: 0 log 0 has no value. */
  private static final double EPSILON = 1e-6;

  /**
   * Checks the keys.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public Selection {
    if (selectors < 1) {
      throw new IllegalArgumentException("selectors: expected at least 1, found " + selectors);
    }
    if (!(gamma > 0 && gamma < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("gamma: expected a number above 0, found " + gamma);
    }
    entropy = Regularized.strength("entropy", entropy);
  }

  /**
   * A gate.
   *
   * @param weights [R, experts], R the rows, or 1 if the choice does not depend on them
   * @param entropy [R]: the selectors' entropies -sum over experts of r log(r + 1e-6), added up
   */
  record Gate(Operand<TFloating> weights, Operand<TFloating> entropy) {}

  /** A gate over x [B, in]. */
  Gate apply(GraphContext scope, Operand<TFloating> x, int experts) {
    Ops tf = scope.tf();
    int digits = Integer.SIZE - Integer.numberOfLeadingZeros(experts - 1);
    Operand<TFloating> z =
        linear(scope.scope("codes"), x, selectors * digits, new Initializer.Uniform(START * gamma));
    int in = GraphContext.width(x);
    Operand<TFloating> a =
        linear(scope.scope("mix"), x, selectors, Initializer.glorotUniform(in, selectors));
    Operand<TFloating> chosen =
        choices(scope, tf.reshape(z, tf.constant(new int[] {-1, selectors, digits})), experts);
    Operand<TFloating> shares = tf.expandDims(tf.nn.softmax(a), tf.constant(2));
    Operand<TFloating> logs = tf.math.log(tf.math.add(chosen, scope.constant(EPSILON)));
    return new Gate(
        tf.sum(tf.math.mul(shares, chosen), tf.constant(1)),
        tf.math.neg(tf.sum(tf.math.mul(chosen, logs), tf.constant(new int[] {1, 2}))));
  }

  /** x kernel + bias [B, units]; or the bias alone [1, units]. */
  private Operand<TFloating> linear(
      GraphContext scope, Operand<TFloating> x, int units, Initializer initializer) {
    Ops tf = scope.tf();
    Operand<TFloating> bias = scope.variable("bias", Shape.of(units), initializer);
    if (!perExample) {
      return tf.expandDims(bias, tf.constant(0));
    }
    Operand<TFloating> kernel =
        scope.variable("kernel", Shape.of(GraphContext.width(x), units), initializer);
    return tf.nn.biasAdd(tf.linalg.matMul(x, kernel), bias);
  }

  /** r [R, selectors, experts] of z [R, selectors, digits], the lowest digit first. */
  private Operand<TFloating> choices(GraphContext scope, Operand<TFloating> z, int experts) {
    Ops tf = scope.tf();
    Operand<TFloating> one = scope.constant(1);
    Operand<TFloating> steps = step(scope, z);
    int digits = GraphContext.width(z);
    Operand<TFloating> codes = one;
    for (Operand<TFloating> digit : tf.unstack(steps, (long) digits, Unstack.axis(2L)).output()) {
      Operand<TFloating> set = tf.expandDims(digit, tf.constant(2));
      Operand<TFloating> without = tf.math.mul(codes, tf.math.sub(one, set));
      codes = tf.concat(List.of(without, tf.math.mul(codes, set)), tf.constant(2));
    }
    return folded(tf, codes, 1 << digits, experts);
  }

  private Operand<TFloating> step(GraphContext scope, Operand<TFloating> z) {
    Ops tf = scope.tf();
    Operand<TFloating> scaled = tf.math.div(z, scope.constant(gamma));
    Operand<TFloating> u =
        tf.math.maximum(tf.math.minimum(scaled, scope.constant(0.5)), scope.constant(-0.5));
    Operand<TFloating> slope =
        tf.math.sub(scope.constant(1.5), tf.math.mul(scope.constant(2), tf.math.square(u)));
    return tf.math.add(tf.math.mul(u, slope), scope.constant(0.5));
  }

  /** Codes beyond the last expert added to those of the first ones. */
  private static Operand<TFloating> folded(
      Ops tf, Operand<TFloating> codes, int count, int experts) {
    int beyond = count - experts;
    if (beyond == 0) {
      return codes;
    }
    int[] sizes = {beyond, experts - beyond, beyond};
    var parts = tf.splitV(codes, tf.constant(sizes), tf.constant(2), 3L).output();
    return tf.concat(
        List.of(tf.math.add(parts.get(0), parts.get(2)), parts.get(1)), tf.constant(2));
  }
}
