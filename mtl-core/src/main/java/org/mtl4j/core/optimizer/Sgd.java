package org.mtl4j.core.optimizer;

import org.mtl4j.core.config.Default;
import org.mtl4j.core.graph.RowTable;
import org.mtl4j.core.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * Gradient descent with momentum: {@code a = momentum a + g, w = w - lr a} (Polyak 1964, in the
 * form of Sutskever and others, ICML 2013). For tables the momentum of a row moves only when a step
 * touches it. With momentum a gradient of 0 still lets a variable roll on.
 *
 * @param learningRate lr, above 0
 * @param momentum in [0, 1); 0 is plain gradient descent
 */
public record Sgd(@Default("0.01") double learningRate, @Default("0") double momentum)
    implements Optimizer {
  /** Checks the ranges. */
  public Sgd {
    Hyperparameters.positive("learning_rate", learningRate);
    Hyperparameters.decay("momentum", momentum);
  }

  @Override
  public Op updateDense(UpdateContext context, Variable variable, Operand<TFloating> gradient) {
    return context
        .tf()
        .train
        .resourceApplyMomentum(
            variable.handle(),
            context.slot("momentum", variable, 0).handle(),
            context.rate(learningRate),
            gradient,
            context.constant(momentum));
  }

  @Override
  public Op updateRows(
      UpdateContext context, RowTable table, Operand<TInt64> ids, Operand<TFloating> gradient) {
    return context
        .tf()
        .train
        .resourceSparseApplyMomentum(
            table.handle(),
            context.slot("momentum", table, table.width(), 0).handle(),
            context.rate(learningRate),
            gradient,
            ids,
            context.constant(momentum));
  }
}
