package org.mtl4j.core.training;

import java.util.List;
import java.util.Optional;
import org.mtl4j.core.balancing.Balanced;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.HostUpdate;
import org.mtl4j.core.optimizer.UpdateContext;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;

/**
 * What is done behind a step, apart from it.
 *
 * @param step what the balancing method does then, over the same batch
 * @param epoch what it does behind an epoch's last step
 * @param onHost what Java computes between steps
 */
record StepEnds(Optional<Op> step, Optional<Op> epoch, List<HostUpdate> onHost) {
  /** What the parts of a training pass asked for. */
  static StepEnds of(GraphContext training, Operand<TInt64> step, Balanced.Actions actions) {
    return new StepEnds(
        all(training.scope("after_step"), step, actions.afterStep()),
        all(training.scope("after_epoch"), step, actions.afterEpoch()),
        training.hostUpdates());
  }

  private static Optional<Op> all(
      GraphContext scope, Operand<TInt64> step, List<Balanced.Action> actions) {
    if (actions.isEmpty()) {
      return Optional.empty();
    }
    Ops tf = scope.tf();
    UpdateContext context = new UpdateContext(tf, scope.variables(), step);
    List<Op> added = actions.stream().map(action -> action.add(context)).toList();
    return Optional.of(tf.withControlDependencies(added).noOp());
  }
}
