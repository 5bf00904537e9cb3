package org.mtl4j.core.model;

import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/** One term that a model wants minimised. */
public sealed interface ModelLoss {
  /**
   * The head's loss of an output on the output's own label.
   *
   * @param output the output
   * @param task the task whose loss weight it takes
   */
  record OfOutput(String output, String task) implements ModelLoss {}

  /**
   * A loss of the model's own making, averaged with weights as any task's.
   *
   * @param task the task it belongs to and whose loss weight it takes
   * @param values [B]
   * @param weights [B]: 0 where a row has no say
   */
  record PerExample(String task, Operand<TFloating> values, Operand<TFloating> weights)
      implements ModelLoss {}

  /**
   * A term that belongs to no task.
   *
   * @param name what it is
   * @param value scalar, weighted already
   */
  record Regularizer(String name, Operand<TFloating> value) implements ModelLoss {}
}
