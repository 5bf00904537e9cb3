package org.mtl4j.core.training;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.WideOps;
import org.mtl4j.core.optimizer.Hyperparameters;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Terms of the loss that belong to no task: {@code dense} times the sum of the squared kernels, and
 * {@code embedding} times that of the rows that a batch touches, each row once however often the
 * batch has it. So a frequent row is held back more often than a rare one, and a step costs what
 * the batch touches. No balancing method weighs them.
 *
 * @param dense of trained variables whose name ends in {@code kernel}: biases, gates' and batches'
 *     scales are left alone; at least 0
 * @param embedding of the rows of tables that are trained; at least 0
 */
public record L2Penalty(@Default("0") double dense, @Default("0") double embedding) {
  private static final String KERNEL = "kernel";

  /** Checks the ranges. */
  public L2Penalty {
    Hyperparameters.notNegative("dense", dense);
    Hyperparameters.notNegative("embedding", embedding);
  }

  /** The terms over what a step trains. */
  List<Operand<TFloating>> terms(GraphContext context, TrainedParts parts) {
    List<Operand<TFloating>> kernels = new ArrayList<>();
    parts.dense().stream()
        .filter(variable -> variable.name().endsWith(KERNEL))
        .forEach(variable -> kernels.add(squares(context.tf(), variable.value())));
    List<Operand<TFloating>> rows = new ArrayList<>();
    parts.stores().forEach(store -> rows.add(squares(context.tf(), store.rows())));
    List<Operand<TFloating>> terms = new ArrayList<>();
    addTerm(context, dense, kernels, terms);
    addTerm(context, embedding, rows, terms);
    return terms;
  }

  private static void addTerm(
      GraphContext context,
      double coefficient,
      List<Operand<TFloating>> squares,
      List<Operand<TFloating>> terms) {
    if (coefficient > 0 && !squares.isEmpty()) {
      Ops tf = context.tf();
      terms.add(tf.math.mul(WideOps.sum(tf, squares), context.constant(coefficient)));
    }
  }

  private static Operand<TFloating> squares(Ops tf, Operand<TFloating> values) {
    Operand<TFloating> flat = tf.reshape(values, tf.constant(new int[] {-1}));
    return tf.sum(tf.math.square(flat), tf.constant(0));
  }
}
