package org.mtl4j.core.balancing;

import java.util.List;
import java.util.Optional;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.optimizer.UpdateContext;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * The unit of time of a method that looks back: some steps, or an epoch.
 *
 * @param steps how many; empty: an epoch
 */
record Interval(Optional<Integer> steps) {
  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException naming the key
   */
  Interval {
    if (steps.isPresent() && steps.get() < 1) {
      throw new IllegalArgumentException(
          "every: expected a number of steps of at least 1, found " + steps.get());
    }
  }

  /** Scalar: 1 in the last step of an interval of steps, otherwise, and for epochs always, 0. */
  Operand<TFloating> ends(GraphContext context) {
    if (steps.isEmpty()) {
      return context.constant(0);
    }
    Ops tf = context.tf();
    Operand<TInt64> rest = tf.math.floorMod(context.step(), tf.constant(steps.get().longValue()));
    return tf.math.sub(context.constant(1), tf.math.sign(context.toFloating(rest)));
  }

  /** An action after each epoch, where intervals are epochs. */
  Balanced.Actions actions(Balanced.Action inStep, Balanced.Action afterEpoch) {
    return new Balanced.Actions(
        List.of(inStep), List.of(), steps.isEmpty() ? List.of(afterEpoch) : List.of());
  }

  /** x where something is 1, y where it is 0; what is not chosen may be infinite. */
  static Operand<TFloating> choose(
      UpdateContext context, Operand<TFloating> one, Operand<TFloating> x, Operand<TFloating> y) {
    Ops tf = context.tf();
    return tf.select(tf.math.greater(one, context.constant(0)), x, y);
  }
}
