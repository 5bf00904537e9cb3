package org.mtl4j.core.balancing;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * The gradients of scalars with respect to what is trained: the dense variables, and of each
 * embedding store the rows that a batch touches.
 *
 * @param names of the variables and of the stores' tables, in the order of the gradients
 * @param pass what adds a backward pass
 */
public record TrainedGradients(
    List<String> names, Function<Operand<TFloating>, List<Optional<Operand<TFloating>>>> pass) {
  /** Copies the names. */
  public TrainedGradients {
    names = List.copyOf(names);
  }

  /** The gradients of a scalar, in order; empty where there is none. Adds a backward pass. */
  public List<Optional<Operand<TFloating>>> apply(Operand<TFloating> scalar) {
    return pass.apply(scalar);
  }
}
