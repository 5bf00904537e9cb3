package org.mtl4j.core.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Symbolic gradients. */
public final class Gradients {
  private Gradients() {}

  /**
   * The gradients of a scalar with respect to tensors of the same graph.
   *
   * @return for each tensor its gradient, of its shape; empty where the scalar does not depend on
   *     it, or by ways only that have no derivative: a rounding, or where a gradient is stopped
   */
  public static List<Optional<Operand<TFloating>>> of(
      Graph graph, Operand<TFloating> scalar, List<Operand<TFloating>> with) {
    Set<Operation> sources = sources(scalar.op());
    // TensorFlow refuses to differentiate by what the scalar does not depend on.
    Output<?>[] x =
        with.stream()
            .map(Operand::asOutput)
            .filter(output -> sources.contains(output.op()))
            .toArray(Output<?>[]::new);
    Output<?>[] found = x.length == 0 ? x : graph.addGradients(scalar.asOutput(), x);
    List<Optional<Operand<TFloating>>> gradients = new ArrayList<>();
    int next = 0;
    for (Operand<TFloating> tensor : with) {
      Output<?> gradient = sources.contains(tensor.op()) ? found[next++] : null;
      gradients.add(
          Optional.ofNullable(gradient)
              .filter(Gradients::exists)
              .map(Gradients::floating)
              .map(g -> inShapeOf(graph, tensor, g)));
    }
    return gradients;
  }

  /** Where no way has a derivative, TensorFlow gives an operation that is none. */
  private static boolean exists(Output<?> gradient) {
    return ((GraphOperation) gradient.op()).getUnsafeNativeHandle() != null;
  }

  /**
   * A gradient whose shape the graph knows as well as the tensor's: that of a lookup has the shape
   * unknown, and then nobody could be told that he took one tensor's gradient for another's.
   */
  private static Operand<TFloating> inShapeOf(
      Graph graph, Operand<TFloating> tensor, Operand<TFloating> gradient) {
    Shape known = gradient.asOutput().shape();
    if (known.equals(tensor.asOutput().shape())) {
      return gradient;
    }
    Ops tf = Ops.create(graph).withSubScope("gradients");
    return tf.reshape(gradient, tf.shape(tensor));
  }

  /** The operations that an operation's value is computed from, itself included. */
  private static Set<Operation> sources(Operation last) {
    Set<Operation> sources = new HashSet<>();
    Deque<Operation> open = new ArrayDeque<>(List.of(last));
    while (!open.isEmpty()) {
      Operation next = open.pop();
      if (sources.add(next) && next instanceof GraphOperation operation) {
        for (int i = 0; i < operation.numInputs(); i++) {
          open.push(operation.input(i).op());
        }
      }
    }
    return sources;
  }

  @SuppressWarnings("unchecked") // a gradient has the type of what it is taken with respect to
  private static Operand<TFloating> floating(Output<?> gradient) {
    return (Output<TFloating>) gradient;
  }
}
