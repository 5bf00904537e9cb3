package org.mtl4j.core.graph;

import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * What Java computes between two steps, now and then, and a variable takes: a closed form that no
 * gradient leads to and no operation has. The variable is state, part of every checkpoint as all
 * variables are; a loss that reads it has to stop the gradient there. When it is due depends on the
 * step's number alone, so that a run that is resumed does it where the first would have.
 *
 * @param every it is done behind the steps whose number is a multiple of this, at least 1
 * @param input what it is computed from: variables, as there is no batch between steps
 * @param target the variable that takes the result
 * @param function from the input's elements, row by row, to the target's; asked only where all of
 *     them are finite: what is not is found on its way into a checkpoint
 */
public record HostUpdate(
    int every, Operand<TFloating> input, Variable target, UnaryOperator<double[]> function) {
  /**
   * Checks the interval.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public HostUpdate {
    if (every < 1) {
      throw new IllegalArgumentException("every: expected at least 1, found " + every);
    }
  }
}
