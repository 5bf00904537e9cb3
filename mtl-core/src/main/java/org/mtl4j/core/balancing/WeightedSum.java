package org.mtl4j.core.balancing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mtl4j.core.balancing.LossBalancing.Inputs;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.WideOps;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** The tasks as vectors of one number each, and the step that a weighted sum of their losses is. */
final class WeightedSum {
  private WeightedSum() {}

  /** [tasks]: the losses. */
  static Operand<TFloating> losses(Inputs inputs) {
    List<Operand<TFloating>> losses = inputs.objectives().stream().map(Objective::loss).toList();
    return WideOps.stack(inputs.context().tf(), losses, 0);
  }

  /** [tasks]: 1 where a task has a say in the batch, otherwise 0. */
  static Operand<TFloating> present(Inputs inputs) {
    return inputs
        .context()
        .tf()
        .stack(inputs.objectives().stream().map(Objective::present).toList());
  }

  /** The sum of all elements, a scalar. */
  static Operand<TFloating> total(Ops tf, Operand<TFloating> vector) {
    return tf.sum(vector, tf.constant(0));
  }

  /** exp(logit) over its sum, 0 where a task is not present; 0 everywhere without any. */
  static Operand<TFloating> softmax(
      GraphContext context, Operand<TFloating> logits, Operand<TFloating> present) {
    Ops tf = context.tf();
    Operand<TFloating> largest = tf.max(logits, tf.constant(0));
    Operand<TFloating> shares = tf.math.mul(present, tf.math.exp(tf.math.sub(logits, largest)));
    return tf.math.divNoNan(shares, total(tf, shares));
  }

  /**
   * The sum of the losses times their weights, and the regularisers.
   *
   * @param weights [tasks]; no gradient flows into them
   */
  static Balanced of(Inputs inputs, Operand<TFloating> weights) {
    Ops tf = inputs.context().tf();
    Operand<TFloating> fixed = tf.stopGradient(weights);
    Operand<TFloating> sum = total(tf, tf.math.mul(losses(inputs), fixed));
    return minimizing(inputs, sum, fixed);
  }

  /**
   * A step down a scalar made of the tasks' losses, and the regularisers.
   *
   * @param weights [tasks] what that comes to for each task
   */
  static Balanced minimizing(Inputs inputs, Operand<TFloating> scalar, Operand<TFloating> weights) {
    List<Operand<TFloating>> terms = new ArrayList<>(inputs.regularizers());
    terms.add(scalar);
    Operand<TFloating> loss = WideOps.sum(inputs.context().tf(), terms);
    return new Balanced(
        loss,
        inputs.gradients().apply(loss),
        Optional.of(weights),
        Optional.empty(),
        Balanced.Actions.none());
  }
}
