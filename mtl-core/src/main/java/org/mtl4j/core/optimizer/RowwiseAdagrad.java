package org.mtl4j.core.optimizer;

import org.mtl4j.core.config.Default;
import org.mtl4j.core.graph.RowTable;
import org.mtl4j.core.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * Adagrad with one accumulator a row, the mean of the row's squared gradients, so that slots cost
 * 1/width of the table's memory: {@code a = a + mean(g^2), w = w - lr g / (sqrt(a) + epsilon)}. As
 * in Mudigere and others, "Software-hardware co-design for fast and scalable training of deep
 * learning recommendation models", ISCA 2022. For a dense variable it is {@link Adagrad}.
 *
 * @param learningRate lr, above 0
 * @param initialAccumulator first value of a, at least 0
 * @param epsilon at least 0, and above 0 if {@code initialAccumulator} is 0
 */
public record RowwiseAdagrad(
    @Default("0.05") double learningRate,
    @Default("0.1") double initialAccumulator,
    @Default("1e-7") double epsilon)
    implements Optimizer {
  /** Checks the ranges. */
  public RowwiseAdagrad {
    Hyperparameters.positive("learning_rate", learningRate);
    Hyperparameters.notNegative("initial_accumulator", initialAccumulator);
    Hyperparameters.notNegative("epsilon", epsilon);
    Hyperparameters.notBothZero(initialAccumulator, epsilon);
  }

  @Override
  public Op updateDense(UpdateContext context, Variable variable, Operand<TFloating> gradient) {
    return new Adagrad(learningRate, initialAccumulator, epsilon)
        .updateDense(context, variable, gradient);
  }

  @Override
  public Op updateRows(
      UpdateContext context, RowTable table, Operand<TInt64> ids, Operand<TFloating> gradient) {
    Ops tf = context.tf();
    RowTable slot = context.slot("rowwise_adagrad", table, 1, initialAccumulator);
    Operand<TFloating> meanSquare =
        tf.math.mean(tf.math.square(gradient), tf.constant(1), Mean.keepDims(true));
    Operand<TFloating> sum = tf.math.add(slot.gather(tf, ids), meanSquare);
    Operand<TFloating> step =
        tf.math.div(
            tf.math.mul(context.rate(learningRate), gradient),
            tf.math.add(tf.math.sqrt(sum), context.constant(epsilon)));
    Operand<TFloating> rows = tf.math.sub(table.gather(tf, ids), step);
    return tf.withControlDependencies(slot.write(tf, ids, sum), table.write(tf, ids, rows)).noOp();
  }
}
