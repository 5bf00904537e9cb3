package org.mtl4j.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mtl4j.core.balancing.Solve;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.family.TFloating;

/**
 * A loss and its gradients in a graph.
 *
 * @param loss scalar
 * @param gradients one a trained tensor, in order; empty where the loss does not depend on it
 * @param solve what Java computes for them before they can be run
 */
record Backward(
    Operand<TFloating> loss, List<Optional<Operand<TFloating>>> gradients, Optional<Solve> solve) {
  /** What a run gave of it. */
  record Values(double loss, List<Optional<double[]>> gradients) {}

  /** Asks a run for all of it. */
  void fetch(Session.Runner runner) {
    runner.fetch(loss);
    gradients.forEach(gradient -> gradient.ifPresent(runner::fetch));
  }

  /** How many tensors that are. */
  int fetches() {
    return 1 + (int) gradients.stream().filter(Optional::isPresent).count();
  }

  /** Reads it from a run in which its tensors begin at that place. */
  Values read(Result result, int first) {
    int next = first + 1;
    List<Optional<double[]>> values = new ArrayList<>();
    for (Optional<Operand<TFloating>> gradient : gradients) {
      values.add(
          gradient.isPresent() ? Optional.of(Doubles.read(result.get(next++))) : Optional.empty());
    }
    return new Values(Doubles.read(result.get(first))[0], values);
  }
}
