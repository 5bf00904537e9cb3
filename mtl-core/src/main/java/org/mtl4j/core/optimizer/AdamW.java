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
 * Adam with decoupled weight decay: Loshchilov and Hutter, ICLR 2019, algorithm 2, with the decay
 * times the learning rate as in Keras and PyTorch:
 *
 * <pre>
 * w = w - lr decay w, then the update of {@link Adam} with the same gradient
 * </pre>
 *
 * <p>Every dense variable decays in every step, biases too. Of a table only the rows that a step
 * touches do, as their moments move only then: a rare id is hardly decayed. The decay is no
 * gradient, so that it is neither clipped nor divided by the second moment, and no term of the
 * loss.
 *
 * @param learningRate lr, above 0
 * @param weightDecay decay, at least 0 and below 1 / lr
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon above 0
 */
public record AdamW(
    @Default("0.001") double learningRate,
    @Default("0.01") double weightDecay,
    @Default("0.9") double beta1,
    @Default("0.999") double beta2,
    @Default("1e-7") double epsilon)
    implements Optimizer {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public AdamW {
    new Adam(learningRate, beta1, beta2, epsilon);
    Hyperparameters.notNegative("weight_decay", weightDecay);
    if (learningRate * weightDecay >= 1) {
      throw new IllegalArgumentException(
          "weight_decay: expected a number below 1 / learning_rate, %s, found %s: a step would turn the signs of all weights"
              .formatted(1 / learningRate, weightDecay));
    }
  }

  @Override
  public Op updateDense(UpdateContext context, Variable variable, Operand<TFloating> gradient) {
    Ops tf = context.tf();
    Op decayed =
        tf.assignSubVariableOp(variable.handle(), tf.math.mul(share(context), variable.value()));
    return adam().updateDense(context.after(decayed), variable, gradient);
  }

  @Override
  public Op updateRows(
      UpdateContext context, RowTable table, Operand<TInt64> ids, Operand<TFloating> gradient) {
    Ops tf = context.tf();
    Operand<TFloating> rows = table.gather(tf, ids);
    Operand<TFloating> kept = tf.math.sub(rows, tf.math.mul(share(context), rows));
    return adam().updateRows(context.after(table.write(tf, ids, kept)), table, ids, gradient);
  }

  private Operand<TFloating> share(UpdateContext context) {
    return context.tf().math.mul(context.rate(learningRate), context.constant(weightDecay));
  }

  private Adam adam() {
    return new Adam(learningRate, beta1, beta2, epsilon);
  }
}
