package org.mtl4j.core.balancing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mtl4j.core.balancing.LossBalancing.Inputs;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.family.TFloating;

/**
 * Each task's own gradients: a backward pass a task. What at least two tasks have a gradient in is
 * shared: trunks, and the touched rows of tables; towers are not.
 *
 * @param inputs of the method
 * @param perTask for each objective its gradients, in the order of the trained tensors
 */
record TaskGradients(Inputs inputs, List<List<Optional<Operand<TFloating>>>> perTask) {
  /** Adds the backward passes. */
  static TaskGradients of(Inputs inputs) {
    return new TaskGradients(
        inputs, inputs.objectives().stream().map(o -> inputs.gradients().apply(o.loss())).toList());
  }

  /** Number of trained tensors. */
  int tensors() {
    return perTask.get(0).size();
  }

  /** Whether tasks share a trained tensor. */
  boolean isShared(int tensor) {
    return perTask.stream().filter(gradients -> gradients.get(tensor).isPresent()).count() > 1;
  }

  /** The trained tensors that tasks share. */
  List<Integer> shared() {
    return IntStream.range(0, tensors()).filter(this::isShared).boxed().toList();
  }

  /** [tasks, elements]: each task's gradient in a shared tensor, 0 where it has none. */
  Operand<TFloating> rows(int tensor) {
    Ops tf = inputs.context().tf();
    Operand<TFloating> any =
        perTask.stream().flatMap(g -> g.get(tensor).stream()).findFirst().orElseThrow();
    List<Operand<TFloating>> rows = new ArrayList<>();
    for (List<Optional<Operand<TFloating>>> gradients : perTask) {
      Operand<TFloating> gradient = gradients.get(tensor).orElseGet(() -> tf.zerosLike(any));
      rows.add(tf.reshape(gradient, tf.constant(new int[] {-1})));
    }
    return tf.stack(rows);
  }

  /** [tasks, tasks]: the inner products of the tasks' gradients in all that they share. */
  Operand<TFloating> gram() {
    Ops tf = inputs.context().tf();
    List<Operand<TFloating>> products = new ArrayList<>();
    for (int tensor : shared()) {
      Operand<TFloating> rows = rows(tensor);
      products.add(tf.linalg.matMul(rows, rows, MatMul.transposeB(true)));
    }
    return tf.math.addN(products);
  }

  /** [tasks]: the lengths of the tasks' gradients in all that they share. */
  Operand<TFloating> lengths() {
    Ops tf = inputs.context().tf();
    List<Operand<TFloating>> squares = new ArrayList<>();
    for (int tensor : shared()) {
      squares.add(squares(rows(tensor)));
    }
    return tf.math.sqrt(tf.math.addN(squares));
  }

  /** [tasks]: the squared lengths of rows. */
  Operand<TFloating> squares(Operand<TFloating> rows) {
    Ops tf = inputs.context().tf();
    return tf.sum(tf.math.square(rows), tf.constant(1));
  }
}
