package org.mtl4j.core.balancing;

import org.tensorflow.Operand;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.family.TFloating;

/**
 * A computation on few numbers that a graph is no place for: a step is run as far as {@code input},
 * Java computes, and the step is run with the result fed.
 *
 * @param input what is fetched first, of any shape
 * @param output what is fed then
 * @param solver from the input's elements, row by row, to the output's; called once a step
 */
public record Solve(Operand<TFloating> input, Placeholder<TFloating> output, Solver solver) {
  /** The computation. */
  @FunctionalInterface
  public interface Solver {
    /**
     * Computes.
     *
     * @param input elements in row-major order, all of them finite: where they are not, the step is
     *     refused as one that diverges
     * @param step number of the step, from 1
     */
    double[] solve(double[] input, long step);
  }
}
