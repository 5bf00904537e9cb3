package org.mtl4j.core.balancing;

import org.mtl4j.core.config.Default;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.optimizer.Adam;
import org.mtl4j.core.optimizer.Hyperparameters;
import org.mtl4j.core.optimizer.UpdateContext;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReadVariableOp;
import org.tensorflow.types.family.TFloating;

/**
 * Gradient normalisation: Chen, Badrinarayanan, Lee and Rabinovich, "GradNorm: gradient
 * normalization for adaptive loss balancing in deep multitask networks", ICML 2018. Weights w,
 * which sum to the number of tasks, are moved by Adam down
 *
 * <pre>
 * sum of | n - mean(n) r^alpha |,   n = w |g|,   r = (L / L0) / mean(L / L0)
 * </pre>
 *
 * the part with mean(n) taken as constant: a task that learns more slowly than the others gets
 * longer gradients. |g| is taken over all that tasks share (in the paper: its last layer), L0 is a
 * task's loss in the first batch that speaks about it. Means go over the tasks that the batch
 * speaks about. A backward pass a task.
 *
 * @param alpha how strongly slow tasks are pulled, at least 0
 * @param learningRate of w, above 0
 */
public record GradNorm(@Default("1.5") double alpha, @Default("0.025") double learningRate)
    implements LossBalancing {
  private static final double SMALLEST = 1e-3;

  /** Checks the ranges. */
  public GradNorm {
    Hyperparameters.notNegative("alpha", alpha);
    Hyperparameters.positive("learning_rate", learningRate);
  }

  @Override
  public Balanced balance(Inputs inputs) {
    Ops tf = inputs.context().tf();
    TaskGradients gradients = TaskGradients.of(inputs);
    State state = new State(inputs, "gradnorm");
    Variable weights = state.perTask("weights", 1);
    Variable first = state.perTask("first_loss", 0);
    Operand<TFloating> present = WeightedSum.present(inputs);
    Operand<TFloating> losses = tf.stopGradient(WeightedSum.losses(inputs));
    Operand<TFloating> unknown =
        tf.math.mul(
            present, tf.math.sub(inputs.context().constant(1), tf.math.sign(first.value())));
    Operand<TFloating> initial = tf.math.add(first.value(), tf.math.mul(unknown, losses));
    Balanced sum = WeightedSum.of(inputs, weights.value());
    if (gradients.shared().isEmpty()) {
      return sum;
    }
    Operand<TFloating> slope = slope(inputs, gradients.lengths(), losses, initial, weights);
    return sum.withActions(
        Balanced.Actions.inStep(
            update ->
                State.all(
                    update, State.write(update, first, initial), move(update, weights, slope))));
  }

  /** By each w the slope of the sum of distances. */
  private Operand<TFloating> slope(
      Inputs inputs,
      Operand<TFloating> lengths,
      Operand<TFloating> losses,
      Operand<TFloating> initial,
      Variable weights) {
    GraphContext context = inputs.context();
    Ops tf = context.tf();
    Operand<TFloating> present = WeightedSum.present(inputs);
    Operand<TFloating> norms = tf.math.mul(weights.value(), lengths);
    Operand<TFloating> progress = tf.math.divNoNan(losses, initial);
    Operand<TFloating> rates = tf.math.divNoNan(progress, mean(tf, present, progress));
    Operand<TFloating> targets =
        tf.math.mul(mean(tf, present, norms), tf.math.pow(rates, context.constant(alpha)));
    return tf.math.mul(tf.math.mul(present, lengths), tf.math.sign(tf.math.sub(norms, targets)));
  }

  private static Operand<TFloating> mean(
      Ops tf, Operand<TFloating> present, Operand<TFloating> values) {
    return tf.math.divNoNan(
        WeightedSum.total(tf, tf.math.mul(present, values)), WeightedSum.total(tf, present));
  }

  /** Adam, and then back to weights above 0 that sum to the number of tasks. */
  private Op move(UpdateContext context, Variable weights, Operand<TFloating> slope) {
    Op moved = new Adam(learningRate, 0.9, 0.999, 1e-8).updateDense(context, weights, slope);
    Ops tf = context.tf().withControlDependencies(moved);
    Operand<TFloating> raw =
        ReadVariableOp.create(
            tf.scope(), weights.handle(), context.variables().type().tensorClass());
    Operand<TFloating> positive = tf.math.maximum(raw, context.constant(SMALLEST));
    Operand<TFloating> scale =
        tf.math.div(context.constant((double) weights.size()), WeightedSum.total(tf, positive));
    return tf.assignVariableOp(weights.handle(), tf.math.mul(positive, scale));
  }
}
