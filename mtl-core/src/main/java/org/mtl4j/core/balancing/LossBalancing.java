package org.mtl4j.core.balancing;

import java.util.List;
import org.mtl4j.core.graph.GraphContext;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * How the tasks' losses, or their gradients, become one step. A method sees the losses and may ask
 * for the gradient of any scalar, with respect to every dense variable and to the <em>gathered</em>
 * rows of every embedding store, so that nothing it does depends on the size of a vocabulary. A
 * task without a valid row in the batch has a loss of 0 and no gradient, and must not stop the
 * others; regularisers are no tasks and are added as they are. Add one by writing its record,
 * binding its name and subclassing the contract test of mtl-testkit.
 */
public interface LossBalancing {
  /**
   * What a method is given.
   *
   * @param context where to make operations; its variables keep the method's own state, which is
   *     part of every checkpoint
   * @param objectives the tasks that have a loss, in the experiment's order
   * @param regularizers scalars that belong to no task
   * @param gradients what is trained, and the gradients with respect to it
   */
  record Inputs(
      GraphContext context,
      List<Objective> objectives,
      List<Operand<TFloating>> regularizers,
      TrainedGradients gradients) {
    /** Copies the lists. */
    public Inputs {
      objectives = List.copyOf(objectives);
      regularizers = List.copyOf(regularizers);
    }
  }

  /**
   * Checks the method's settings against the tasks, before anything runs.
   *
   * @param tasks the tasks' names
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  default void check(List<String> tasks) {}

  /** Adds the method to the training graph. */
  Balanced balance(Inputs inputs);
}
