package org.mtl4j.core.graph.sequence;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * What recurrent layers share: a history cut into its steps, with the inputs' product taken for all
 * of them at once. The steps are laid out in the graph, since gradients of loops do not exist here.
 */
final class Steps {
  private final GraphContext context;
  private final Ops tf;
  private final History history;
  private final int units;
  private final int gates;

  /**
   * A recurrent layer's steps.
   *
   * @param history with L its length
   * @param units width of a state
   * @param gates sums of that width a step
   */
  Steps(GraphContext context, History history, int units, int gates) {
    this.context = context;
    this.tf = context.tf();
    this.history = history;
    this.units = units;
    this.gates = gates;
  }

  /**
   * The inputs' part of every step's sums: values kernel + bias, of variables {@code kernel} [dim,
   * gates * units] and {@code bias} [gates * units].
   *
   * @return length times [B, gates * units]
   */
  List<Operand<TFloating>> inputs() {
    int dim = history.dim();
    int width = gates * units;
    Operand<TFloating> kernel =
        context.variable("kernel", Shape.of(dim, width), Initializer.glorotUniform(dim, width));
    Operand<TFloating> bias = context.variable("bias", Shape.of(width), Initializer.zeros());
    Operand<TFloating> flat = tf.reshape(history.values(), tf.constant(new int[] {-1, dim}));
    Operand<TFloating> sums = tf.nn.biasAdd(tf.linalg.matMul(flat, kernel), bias);
    return cut(sums, width);
  }

  /** The mask of every step: length times [B, 1]. */
  List<Operand<TFloating>> masks() {
    return cut(history.mask(), 1);
  }

  private List<Operand<TFloating>> cut(Operand<TFloating> x, int width) {
    int length = history.length();
    Operand<TFloating> places = tf.reshape(x, tf.constant(new int[] {-1, length, width}));
    List<Operand<TFloating>> steps = new ArrayList<>();
    tf.unstack(places, (long) length, Unstack.axis(1L)).forEach(steps::add);
    return steps;
  }

  /** The states' kernel {@code recurrent_kernel} [units, gates * units]. */
  Operand<TFloating> recurrentKernel() {
    int width = gates * units;
    return context.variable(
        "recurrent_kernel", Shape.of(units, width), Initializer.glorotUniform(units, width));
  }

  /** A state of zeros [B, units]. */
  Operand<TFloating> zeros() {
    Operand<TInt32> rows =
        tf.slice(tf.shape(history.mask()), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
    Operand<TInt32> shape =
        tf.concat(List.of(rows, tf.constant(new int[] {units})), tf.constant(0));
    return tf.reshape(tf.fill(shape, context.constant(0)), tf.constant(new int[] {-1, units}));
  }

  /** A gate's columns of a step's sums: [B, units]. */
  Operand<TFloating> gate(Operand<TFloating> sums, int index) {
    return tf.slice(
        sums, tf.constant(new int[] {0, index * units}), tf.constant(new int[] {-1, units}));
  }

  /** The new state where there is a value, else the one before. */
  Operand<TFloating> step(
      Operand<TFloating> mask, Operand<TFloating> before, Operand<TFloating> after) {
    return tf.math.add(before, tf.math.mul(mask, tf.math.sub(after, before)));
  }
}
