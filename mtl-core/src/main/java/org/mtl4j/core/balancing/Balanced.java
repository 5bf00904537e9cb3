package org.mtl4j.core.balancing;

import java.util.List;
import java.util.Optional;
import org.mtl4j.core.optimizer.UpdateContext;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.family.TFloating;

/**
 * What a balancing method decides for a step.
 *
 * @param loss scalar that is shown as the step's loss
 * @param gradients what optimisers apply, in the order of {@link LossBalancing.Inputs#gradients}
 * @param weights [tasks]: what a task's gradient in what tasks share is multiplied by, beyond its
 *     {@code loss_weight}; empty for a method that knows no such number
 * @param solve what Java computes in between; empty for none
 * @param actions what the method does of its own
 */
public record Balanced(
    Operand<TFloating> loss,
    List<Optional<Operand<TFloating>>> gradients,
    Optional<Operand<TFloating>> weights,
    Optional<Solve> solve,
    Actions actions) {
  /** Something that a method does of its own: it moves its state, say. */
  @FunctionalInterface
  public interface Action {
    /**
     * Adds the operation that does it.
     *
     * @param context makes operations that run no earlier than they may
     */
    Op add(UpdateContext context);
  }

  /**
   * When a method acts.
   *
   * @param inStep with the updates of a step: once every gradient is computed and found finite
   * @param afterStep after the updates, over the same batch: losses are then those of the updated
   *     model, which costs a forward pass
   * @param afterEpoch after the last step of an epoch; reads no batch
   */
  public record Actions(List<Action> inStep, List<Action> afterStep, List<Action> afterEpoch) {
    /** Copies the lists. */
    public Actions {
      inStep = List.copyOf(inStep);
      afterStep = List.copyOf(afterStep);
      afterEpoch = List.copyOf(afterEpoch);
    }

    /** None. */
    public static Actions none() {
      return new Actions(List.of(), List.of(), List.of());
    }

    /** In the step alone. */
    public static Actions inStep(Action action) {
      return new Actions(List.of(action), List.of(), List.of());
    }
  }

  /** Copies the list. */
  public Balanced {
    gradients = List.copyOf(gradients);
  }

  /** Of a method that neither weighs tasks nor acts. */
  public Balanced(Operand<TFloating> loss, List<Optional<Operand<TFloating>>> gradients) {
    this(loss, gradients, Optional.empty(), Optional.empty(), Actions.none());
  }

  /** The same with other gradients. */
  public Balanced withGradients(List<Optional<Operand<TFloating>>> others) {
    return new Balanced(loss, others, weights, solve, actions);
  }

  /** The same with actions. */
  public Balanced withActions(Actions others) {
    return new Balanced(loss, gradients, weights, solve, others);
  }
}
