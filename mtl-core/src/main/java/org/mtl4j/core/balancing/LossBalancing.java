package org.mtl4j.core.balancing;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.head.ModelLosses;
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
   * @param context where to make operations; its variables keep the method's own state
   * @param losses the losses of the step
   * @param lossWeights for each of {@code losses.tasks()} its task's weight
   * @param gradients the gradient of a scalar with respect to each trained tensor, in a fixed
   *     order; empty where there is none. Each call adds a backward pass
   */
  record Inputs(
      GraphContext context,
      ModelLosses losses,
      List<Double> lossWeights,
      Function<Operand<TFloating>, List<Optional<Operand<TFloating>>>> gradients) {}

  /**
   * What a method decides.
   *
   * @param loss scalar that is shown as the step's loss
   * @param gradients what optimisers apply, in the order of {@link Inputs#gradients}
   */
  record Balanced(Operand<TFloating> loss, List<Optional<Operand<TFloating>>> gradients) {
    /** Copies the list. */
    public Balanced {
      gradients = List.copyOf(gradients);
    }
  }

  /** Adds the method to the training graph. */
  Balanced balance(Inputs inputs);
}
