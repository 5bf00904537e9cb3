package org.mtl4j.models.component;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.core.model.ModelLoss;
import org.mtl4j.core.task.FittedTask;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Models that add a term to the tasks' losses. */
public final class Regularized {
  private Regularized() {}

  /** Each task's own loss, and a term that belongs to none. */
  public static List<ModelLoss> losses(List<FittedTask> tasks, ModelLoss.Regularizer term) {
    return losses(tasks, List.of(term));
  }

  /** Each task's own loss, and terms that belong to none. */
  public static List<ModelLoss> losses(List<FittedTask> tasks, List<ModelLoss.Regularizer> terms) {
    List<ModelLoss> losses = new ArrayList<>();
    tasks.forEach(task -> losses.add(new ModelLoss.OfOutput(task.name(), task.name())));
    losses.addAll(terms);
    return losses;
  }

  /** The sum of the squared elements of a tensor of any shape, of a matrix its squared norm: []. */
  public static Operand<TFloating> squares(Ops tf, Operand<TFloating> values) {
    Operand<TFloating> flat = tf.reshape(values, tf.constant(new int[] {-1}));
    return tf.sum(tf.math.square(flat), tf.constant(0));
  }

  /**
   * The key's value, which is to be a factor of such a term.
   *
   * @throws IllegalArgumentException if it is below 0 or not finite
   */
  public static double strength(String key, double value) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(
          key + ": expected a finite number of at least 0, found " + value);
    }
    return value;
  }
}
