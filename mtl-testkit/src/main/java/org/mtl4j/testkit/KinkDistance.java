package org.mtl4j.testkit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;

/**
 * How far a forward pass is from the points where it has no derivative: the bends of ReLU and of
 * absolute values, and the places where the two sides of a minimum or maximum are equal. A finite
 * difference across one of them measures neither side's slope, so checks are made away from them.
 */
final class KinkDistance {
  private static final Set<String> BENT_AT_ZERO =
      Set.of("Relu", "LeakyRelu", "Selu", "Abs", "Sign");
  private static final Set<String> BENT_WHERE_EQUAL = Set.of("Minimum", "Maximum");

  private KinkDistance() {}

  /**
   * The least distance [] of any operation's argument from its kink, infinite where the graph has
   * none.
   *
   * @param graph of the forward pass in float64, before any gradient is added to it
   */
  static Operand<TFloat64> of(Graph graph, Ops tf) {
    List<Operand<TFloat64>> least = new ArrayList<>();
    least.add(tf.constant(Double.POSITIVE_INFINITY));
    // Collected first: the loop below adds operations of its own.
    List<GraphOperation> forward = new ArrayList<>();
    Iterator<GraphOperation> operations = graph.operations();
    operations.forEachRemaining(forward::add);
    for (GraphOperation operation : forward) {
      if (BENT_AT_ZERO.contains(operation.type()) && isReal(operation)) {
        least.add(least(tf, input(operation, 0)));
      } else if (BENT_WHERE_EQUAL.contains(operation.type()) && isReal(operation)) {
        least.add(least(tf, tf.math.sub(input(operation, 0), input(operation, 1))));
      }
    }
    return tf.reduceMin(tf.stack(least), tf.constant(0));
  }

  /** Whole numbers are places and sizes, which no derivative reaches. */
  private static boolean isReal(GraphOperation operation) {
    return operation.input(0).type() == TFloat64.class;
  }

  private static Operand<TFloat64> input(GraphOperation operation, int index) {
    Output<?> input = operation.input(index);
    return input.expect(TFloat64.class);
  }

  private static Operand<TFloat64> least(Ops tf, Operand<TFloat64> distances) {
    Operand<TFloat64> flat = tf.reshape(tf.math.abs(distances), tf.constant(new int[] {-1}));
    return tf.reduceMin(flat, tf.constant(0));
  }
}
