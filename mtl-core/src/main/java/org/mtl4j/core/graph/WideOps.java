package org.mtl4j.core.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.family.TFloating;

/**
 * Many tensors made one, by operations of few inputs each. TensorFlow's gradients go through the
 * inputs of an operation in their order as long as these are at most eight, and then by where they
 * lie in memory: what gets a gradient from several sides then adds them in another order in every
 * graph, and equal seeds give other bytes. So whatever loss depends on has no wider operation.
 */
public final class WideOps {
  private static final int MOST = 8;

  /** The axis is an input, too. */
  private static final int MOST_BESIDE_AXIS = MOST - 1;

  private WideOps() {}

  /** The sum of tensors of one shape, at least one. */
  public static Operand<TFloating> sum(Ops tf, List<Operand<TFloating>> terms) {
    return joined(terms, MOST, group -> tf.math.addN(group));
  }

  /** Tensors side by side along an axis that they have. */
  public static Operand<TFloating> concat(Ops tf, List<Operand<TFloating>> tensors, int axis) {
    return joined(tensors, MOST_BESIDE_AXIS, group -> tf.concat(group, tf.constant(axis)));
  }

  /** Tensors of one shape side by side along a new axis. */
  public static Operand<TFloating> stack(Ops tf, List<Operand<TFloating>> tensors, int axis) {
    List<Operand<TFloating>> stacks = new ArrayList<>();
    for (List<Operand<TFloating>> group : groups(tensors, MOST)) {
      stacks.add(tf.stack(List.copyOf(group), Stack.axis((long) axis)));
    }
    return concat(tf, stacks, axis);
  }

  /** Joins groups, then what became of them, until there is one tensor. */
  private static Operand<TFloating> joined(
      List<Operand<TFloating>> tensors,
      int most,
      Function<List<Operand<TFloating>>, Operand<TFloating>> join) {
    List<Operand<TFloating>> left = tensors;
    while (left.size() > 1) {
      left =
          groups(left, most).stream()
              .map(group -> group.size() == 1 ? group.get(0) : join.apply(group))
              .toList();
    }
    return left.get(0);
  }

  private static List<List<Operand<TFloating>>> groups(List<Operand<TFloating>> tensors, int most) {
    List<List<Operand<TFloating>>> groups = new ArrayList<>();
    for (int from = 0; from < tensors.size(); from += most) {
      groups.add(tensors.subList(from, Math.min(from + most, tensors.size())));
    }
    return groups;
  }
}
