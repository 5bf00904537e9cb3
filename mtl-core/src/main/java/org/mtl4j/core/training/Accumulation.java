package org.mtl4j.core.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.graph.GraphContext;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * What a graph has in addition where a step's batch is computed in pieces: gradients are summed
 * from piece to piece, and optimisers are fed the sum. A task's loss stays the mean over the whole
 * batch, as its denominator and its value are fed in every piece ({@link PiecewiseStep}).
 */
final class Accumulation {
  /** Of the number that masks are drawn by: no run takes as many steps. */
  private static final long PIECE = 1L << 40;

  private final Placeholder<TInt64> piece;
  private final Placeholder<TFloating> share;
  private final List<Placeholder<TFloating>> sums = new ArrayList<>();
  private final List<Operand<TFloating>> first = new ArrayList<>();
  private final List<Operand<TFloating>> added = new ArrayList<>();

  /** Makes the placeholders. */
  Accumulation(GraphContext context) {
    Ops tf = context.tf();
    this.piece = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
    this.share =
        tf.placeholder(context.variables().type().tensorClass(), Placeholder.shape(Shape.scalar()));
  }

  /** The number of the piece [], from 0. */
  Placeholder<TInt64> piece() {
    return piece;
  }

  /** The piece's share [] of the batch's rows. */
  Placeholder<TFloating> share() {
    return share;
  }

  /** What masks depend on [], so that those of two pieces differ. */
  Operand<TInt64> maskStep(Ops tf, Operand<TInt64> step) {
    return tf.math.add(step, tf.math.mul(piece, tf.constant(PIECE)));
  }

  /** Regularisers that sum over the pieces to their mean by rows. */
  List<Operand<TFloating>> shares(Ops tf, List<Operand<TFloating>> regularizers) {
    return regularizers.stream().<Operand<TFloating>>map(r -> tf.math.mul(share, r)).toList();
  }

  /** Adds the sums of the gradients; gives what optimisers apply in their place. */
  List<Optional<Operand<TFloating>>> sum(
      GraphContext context, List<Optional<Operand<TFloating>>> gradients) {
    Ops tf = context.tf();
    List<Optional<Operand<TFloating>>> applied = new ArrayList<>();
    for (Optional<Operand<TFloating>> gradient : gradients) {
      applied.add(gradient.map(g -> sum(context, tf, g)));
    }
    return applied;
  }

  private Operand<TFloating> sum(GraphContext context, Ops tf, Operand<TFloating> gradient) {
    Placeholder<TFloating> sum =
        tf.placeholder(
            context.variables().type().tensorClass(),
            Placeholder.shape(gradient.asOutput().shape()));
    sums.add(sum);
    first.add(tf.identity(gradient));
    added.add(tf.math.add(sum, gradient));
    return sum;
  }

  /** Where the sums are fed. */
  List<Placeholder<TFloating>> sums() {
    return sums;
  }

  /** The gradients of a piece by themselves, in the order of the sums. */
  List<Operand<TFloating>> first() {
    return first;
  }

  /** The gradients of a piece, added to the sums that are fed. */
  List<Operand<TFloating>> added() {
    return added;
  }

  /**
   * Refuses what pieces cannot be put together for.
   *
   * @param passes backward passes of the balancing method
   * @param writes whether the model writes something of its own in each step
   * @throws MtlException CONFIG_VALUE saying what
   */
  static void check(String method, int passes, boolean writes) {
    if (passes > 1) {
      throw refused(
          "the balancing method %s looks at each task's gradients over the whole batch"
              .formatted(method),
          "Take a method by weights (static, uncertainty, dwa), or leave micro_batch_size out.");
    }
    if (writes) {
      throw refused(
          "the model keeps averages over whole batches of its own", "Leave micro_batch_size out.");
    }
  }

  private static MtlException refused(String why, String remedy) {
    return new MtlException(
        new Problem(
            ErrorCode.CONFIG_VALUE,
            "training.micro_batch_size",
            "Expected a step that can be computed in pieces, found that " + why + ".",
            remedy));
  }
}
