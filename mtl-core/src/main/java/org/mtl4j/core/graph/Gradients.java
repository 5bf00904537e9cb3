package org.mtl4j.core.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.types.family.TFloating;

/** Symbolic gradients. */
public final class Gradients {
  private Gradients() {}

  /**
   * The gradients of a scalar with respect to tensors of the same graph.
   *
   * @return for each tensor its gradient, of its shape; empty where the scalar does not depend on
   *     it
   */
  public static List<Optional<Operand<TFloating>>> of(
      Graph graph, Operand<TFloating> scalar, List<Operand<TFloating>> with) {
    Output<?>[] x = with.stream().map(Operand::asOutput).toArray(Output<?>[]::new);
    List<Optional<Operand<TFloating>>> gradients = new ArrayList<>();
    for (Output<?> gradient : graph.addGradients(scalar.asOutput(), x)) {
      gradients.add(Optional.ofNullable(gradient).map(Gradients::floating));
    }
    return gradients;
  }

  @SuppressWarnings("unchecked") // a gradient has the type of what it is taken with respect to
  private static Operand<TFloating> floating(Output<?> gradient) {
    return (Output<TFloating>) gradient;
  }
}
