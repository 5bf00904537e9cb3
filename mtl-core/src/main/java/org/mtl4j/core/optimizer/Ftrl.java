package org.mtl4j.core.optimizer;

import org.mtl4j.core.config.Default;
import org.mtl4j.core.graph.RowTable;
import org.mtl4j.core.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * FTRL-Proximal: McMahan and others, "Ad click prediction: a view from the trenches", KDD 2013,
 * algorithm 1. It is Adagrad, {@code w = w - lr g / sqrt(n)}, whose weights the penalties l1 |w| +
 * l2/2 w^2 hold at 0 until gradients have been worth it:
 *
 * <pre>
 * n = n + g^2,   q = sqrt(n) / lr,   z = s + g - q w
 * w = 0 if |z| &lt;= l1, otherwise -(z - l1 sign(z)) / (q + l2);   s = z + q w
 * </pre>
 *
 * <p>The paper's slot is z itself and its weights begin at 0. Ours is s = z + q w, which begins at
 * 0 wherever weights begin: those of a deep network must not begin at 0, and with z they would be
 * thrown back to it by the first step. From 0 on both give the same numbers, which are Keras's. The
 * penalty of a weight that has had no gradient yet is taken at its first step, even if the gradient
 * is 0. For tables n and s move only for rows that a step touches.
 *
 * @param learningRate lr, the paper's alpha, above 0
 * @param initialAccumulator first value of n, above 0
 * @param l1 at least 0; exact zeros come of it
 * @param l2 at least 0; as in the paper, half of Keras's
 */
public record Ftrl(
    @Default("0.05") double learningRate,
    @Default("0.1") double initialAccumulator,
    @Default("0") double l1,
    @Default("0") double l2)
    implements Optimizer {
  private static final String SQUARES = "ftrl_n";
  private static final String LINEAR = "ftrl_s";

  /** Checks the ranges. */
  public Ftrl {
    Hyperparameters.positive("learning_rate", learningRate);
    Hyperparameters.positive("initial_accumulator", initialAccumulator);
    Hyperparameters.notNegative("l1", l1);
    Hyperparameters.notNegative("l2", l2);
  }

  /** Weights and slots, before a step or after it. */
  private record State(Operand<TFloating> n, Operand<TFloating> s, Operand<TFloating> w) {}

  @Override
  public Op updateDense(UpdateContext context, Variable variable, Operand<TFloating> gradient) {
    Ops tf = context.tf();
    Variable squares = context.slot(SQUARES, variable, initialAccumulator);
    Variable linear = context.slot(LINEAR, variable, 0);
    State state = new State(squares.value(), linear.value(), variable.value());
    State next = next(context, state, gradient);
    return tf.withControlDependencies(
            tf.assignVariableOp(squares.handle(), next.n()),
            tf.assignVariableOp(linear.handle(), next.s()),
            tf.assignVariableOp(variable.handle(), next.w()))
        .noOp();
  }

  @Override
  public Op updateRows(
      UpdateContext context, RowTable table, Operand<TInt64> ids, Operand<TFloating> gradient) {
    Ops tf = context.tf();
    RowTable squares = context.slot(SQUARES, table, table.width(), initialAccumulator);
    RowTable linear = context.slot(LINEAR, table, table.width(), 0);
    State state = new State(squares.gather(tf, ids), linear.gather(tf, ids), table.gather(tf, ids));
    State next = next(context, state, gradient);
    return tf.withControlDependencies(
            squares.write(tf, ids, next.n()),
            linear.write(tf, ids, next.s()),
            table.write(tf, ids, next.w()))
        .noOp();
  }

  /** Written by differences, so that a weight whose gradient is 0 is not rounded anew. */
  private State next(UpdateContext context, State state, Operand<TFloating> gradient) {
    Ops tf = context.tf();
    Operand<TFloating> n = tf.math.add(state.n(), tf.math.square(gradient));
    Operand<TFloating> q = tf.math.div(tf.math.sqrt(n), context.rate(learningRate));
    Operand<TFloating> slope = tf.math.add(state.s(), gradient);
    Operand<TFloating> z = tf.math.sub(slope, tf.math.mul(q, state.w()));
    Operand<TFloating> held = tf.math.mul(tf.math.sign(z), context.constant(l1));
    Operand<TFloating> penalty = context.constant(l2);
    Operand<TFloating> way =
        tf.math.div(
            tf.math.add(tf.math.sub(slope, held), tf.math.mul(penalty, state.w())),
            tf.math.add(q, penalty));
    Operand<TFloating> moved = tf.math.sub(state.w(), way);
    Operand<TBool> zero = tf.math.lessEqual(tf.math.abs(z), context.constant(l1));
    return new State(
        n,
        tf.select(zero, z, tf.math.sub(held, tf.math.mul(penalty, moved))),
        tf.select(zero, tf.zerosLike(moved), moved));
  }
}
