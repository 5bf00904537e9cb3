package org.mtl4j.models.star;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.graph.WideOps;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * What training has seen of sets of rows, a set a scope: {@code moving_rows} [1], {@code
 * moving_mean} and {@code moving_variance} [units], first 0, 0 and 1. Each batch with rows of a set
 * has those before count {@value #KEPT} of what they did, and adds its own, each row counting
 * alike: the variance is that of the rows together, and so of their batches' means, too.
 *
 * @param scopes of the sets
 * @param units numbers a row
 */
record MovingMoments(List<String> scopes, int units) {
  /** What a set's rows still count after its next batch: those of some hundred batches do. */
  private static final double KEPT = 0.99;

  /** Copies the list. */
  MovingMoments {
    scopes = List.copyOf(scopes);
  }

  /** What was seen up to now, before the step. */
  Moments now(GraphContext context) {
    // A variance stays one whatever is fed for the number.
    Operand<TFloating> rows =
        context.tf().math.maximum(values(context, rows(context)), context.constant(0));
    return new Moments(rows, values(context, means(context)), values(context, variances(context)));
  }

  /** What is seen with a batch, which the step's end keeps. */
  Moments see(GraphContext context, Moments batch) {
    Ops tf = context.tf();
    Moments before = now(context);
    Operand<TFloating> there =
        context.toFloating(
            tf.dtypes.cast(tf.math.greater(batch.rows(), context.constant(0)), TInt32.class));
    Operand<TFloating> kept =
        tf.math.sub(context.constant(1), tf.math.mul(there, context.constant(1 - KEPT)));
    Moments now = before.counting(tf.math.mul(before.rows(), kept)).with(context, batch);
    keep(context, rows(context), now.rows());
    keep(context, means(context), now.mean());
    keep(context, variances(context), now.variance());
    return now;
  }

  private List<Variable> rows(GraphContext context) {
    return variables(context, "moving_rows", Shape.of(1), Initializer.zeros());
  }

  private List<Variable> means(GraphContext context) {
    return variables(context, "moving_mean", Shape.of(units), Initializer.zeros());
  }

  private List<Variable> variances(GraphContext context) {
    return variables(context, "moving_variance", Shape.of(units), new Initializer.Constant(1));
  }

  private List<Variable> variables(
      GraphContext context, String name, Shape shape, Initializer first) {
    List<Variable> variables = new ArrayList<>();
    for (String scope : scopes) {
      String path = context.scope(scope).path() + "/" + name;
      variables.add(context.variables().get(path, shape, first));
    }
    return variables;
  }

  private static Operand<TFloating> values(GraphContext context, List<Variable> variables) {
    return WideOps.stack(context.tf(), variables.stream().map(Variable::value).toList(), 0);
  }

  private static void keep(
      GraphContext context, List<Variable> variables, Operand<TFloating> values) {
    for (int i = 0; i < variables.size(); i++) {
      Variable variable = variables.get(i);
      Operand<TFloating> value =
          context.tf().gather(values, context.tf().constant(i), context.tf().constant(0));
      context.atStepEnd(end -> end.assignVariableOp(variable.handle(), value));
    }
  }
}
