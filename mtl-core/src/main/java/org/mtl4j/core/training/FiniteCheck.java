package org.mtl4j.core.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mtl4j.core.balancing.Balanced;
import org.mtl4j.core.head.TaskLoss;
import org.tensorflow.Operand;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The check before a step's updates: it lets them run only if every loss and every gradient is a
 * finite number, so that a step that diverges changes no variable: none that is trained, no slot,
 * and none that a model writes of its own ({@code ModelOutputs.updates}).
 *
 * <p>One sum over all of them tells, since infinity and NaN survive every addition; that reads each
 * gradient once, while others are still being computed. A sum beyond the type's range is refused
 * too: there is nothing left to learn from gradients of 1e38.
 */
final class FiniteCheck {
  private static final String REFUSED = "a loss or gradient is not finite";

  private FiniteCheck() {}

  /** The operation that updates must wait for; it fails the run that it refuses. */
  static Op of(Ops tf, Balanced balanced, List<TaskLoss> losses) {
    List<Operand<TFloating>> terms = new ArrayList<>();
    terms.add(balanced.loss());
    losses.forEach(loss -> terms.add(loss.mean()));
    for (Optional<Operand<TFloating>> gradient : balanced.gradients()) {
      gradient.map(g -> sum(tf, g)).ifPresent(terms::add);
    }
    return tf.assertThat(
        tf.math.isFinite(tf.math.addN(terms)), List.<Operand<?>>of(tf.constant(REFUSED)));
  }

  private static Operand<TFloating> sum(Ops tf, Operand<TFloating> gradient) {
    return tf.sum(tf.reshape(gradient, tf.constant(new int[] {-1})), tf.constant(0));
  }

  /** Whether it was this check that failed a run. */
  static boolean refused(TFInvalidArgumentException failure) {
    return failure.getMessage() != null && failure.getMessage().contains(REFUSED);
  }
}
