package org.mtl4j.core.optimizer;

import org.mtl4j.core.config.Default;
import org.mtl4j.core.graph.RowTable;
import org.mtl4j.core.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.ResourceSparseApplyAdagradV2;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * Adagrad: Duchi, Hazan and Singer, JMLR 12, 2011, diagonal form: {@code a = a + g^2, w = w - lr g
 * / (sqrt(a) + epsilon)}. Made for sparse rows: a rare id keeps its large steps.
 *
 * @param learningRate lr, above 0
 * @param initialAccumulator first value of a, at least 0
 * @param epsilon at least 0, and above 0 if {@code initialAccumulator} is 0
 */
public record Adagrad(
    @Default("0.05") double learningRate,
    @Default("0.1") double initialAccumulator,
    @Default("1e-7") double epsilon)
    implements Optimizer {
  /** Checks the ranges. */
  public Adagrad {
    Hyperparameters.positive("learning_rate", learningRate);
    Hyperparameters.notNegative("initial_accumulator", initialAccumulator);
    Hyperparameters.notNegative("epsilon", epsilon);
    Hyperparameters.notBothZero(initialAccumulator, epsilon);
  }

  @Override
  public Op updateDense(UpdateContext context, Variable variable, Operand<TFloating> gradient) {
    Ops tf = context.tf();
    Variable slot = context.slot("adagrad", variable, initialAccumulator);
    Operand<TFloating> sum = tf.math.add(slot.value(), tf.math.square(gradient));
    Operand<TFloating> step =
        tf.math.div(
            tf.math.mul(context.rate(learningRate), gradient),
            tf.math.add(tf.math.sqrt(sum), context.constant(epsilon)));
    return tf.withControlDependencies(
            tf.assignVariableOp(slot.handle(), sum),
            tf.assignSubVariableOp(variable.handle(), step))
        .noOp();
  }

  @Override
  public Op updateRows(
      UpdateContext context, RowTable table, Operand<TInt64> ids, Operand<TFloating> gradient) {
    RowTable slot = context.slot("adagrad", table, table.width(), initialAccumulator);
    return context
        .tf()
        .train
        .resourceSparseApplyAdagradV2(
            table.handle(),
            slot.handle(),
            context.rate(learningRate),
            context.constant(epsilon),
            gradient,
            ids,
            ResourceSparseApplyAdagradV2.updateSlots(true));
  }
}
