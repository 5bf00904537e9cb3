package org.mtl4j.core.optimizer;

import org.mtl4j.core.config.Default;
import org.mtl4j.core.graph.RowTable;
import org.mtl4j.core.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * Adam: Kingma and Ba, ICLR 2015, in the order of the end of their section 2:
 *
 * <pre>
 * m = b1 m + (1 - b1) g,   v = b2 v + (1 - b2) g^2
 * w = w - lr sqrt(1 - b2^t) / (1 - b1^t) m / (sqrt(v) + epsilon)
 * </pre>
 *
 * <p>For tables it is lazy: moments move only for rows that a step touches, by the same formula
 * with the global t. That is not what dense Adam would do with zero gradients, and is what makes a
 * step cost what it touches.
 *
 * <p>A gradient of 0 is a gradient: where a batch has no row for a task, the moments of that task's
 * variables decay and the variables drift on by what is left of the first moment, as in Keras and
 * PyTorch. The same holds for rows of a table that a batch names without giving them a gradient. A
 * variable that never had a gradient but 0 stays as it is.
 *
 * @param learningRate lr, above 0
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon above 0
 */
public record Adam(
    @Default("0.001") double learningRate,
    @Default("0.9") double beta1,
    @Default("0.999") double beta2,
    @Default("1e-7") double epsilon)
    implements Optimizer {
  /** Checks the ranges. */
  public Adam {
    Hyperparameters.positive("learning_rate", learningRate);
    Hyperparameters.decay("beta1", beta1);
    Hyperparameters.decay("beta2", beta2);
    Hyperparameters.positive("epsilon", epsilon);
  }

  @Override
  public Op updateDense(UpdateContext context, Variable variable, Operand<TFloating> gradient) {
    return context
        .tf()
        .train
        .resourceApplyAdam(
            variable.handle(),
            context.slot("adam_m", variable, 0).handle(),
            context.slot("adam_v", variable, 0).handle(),
            context.powerOfStep(beta1),
            context.powerOfStep(beta2),
            context.rate(learningRate),
            context.constant(beta1),
            context.constant(beta2),
            context.constant(epsilon),
            gradient);
  }

  @Override
  public Op updateRows(
      UpdateContext context, RowTable table, Operand<TInt64> ids, Operand<TFloating> gradient) {
    Ops tf = context.tf();
    RowTable firstMoment = context.slot("adam_m", table, table.width(), 0);
    RowTable secondMoment = context.slot("adam_v", table, table.width(), 0);
    Operand<TFloating> m = decayed(context, firstMoment.gather(tf, ids), beta1, gradient);
    Operand<TFloating> v =
        decayed(context, secondMoment.gather(tf, ids), beta2, tf.math.square(gradient));
    Operand<TFloating> correction =
        tf.math.div(
            tf.math.sqrt(tf.math.sub(context.constant(1), context.powerOfStep(beta2))),
            tf.math.sub(context.constant(1), context.powerOfStep(beta1)));
    Operand<TFloating> rate = tf.math.mul(context.rate(learningRate), correction);
    Operand<TFloating> step =
        tf.math.div(tf.math.mul(rate, m), tf.math.add(tf.math.sqrt(v), context.constant(epsilon)));
    Operand<TFloating> rows = tf.math.sub(table.gather(tf, ids), step);
    return tf.withControlDependencies(
            firstMoment.write(tf, ids, m),
            secondMoment.write(tf, ids, v),
            table.write(tf, ids, rows))
        .noOp();
  }

  private static Operand<TFloating> decayed(
      UpdateContext context, Operand<TFloating> moment, double beta, Operand<TFloating> value) {
    Ops tf = context.tf();
    return tf.math.add(
        tf.math.mul(context.constant(beta), moment),
        tf.math.mul(context.constant(1 - beta), value));
  }
}
