package org.mtl4j.core.balancing;

import java.util.List;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.optimizer.UpdateContext;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.types.family.TFloating;

/** The variables that a method keeps: numbers a task, in the order of the objectives. */
final class State {
  private final GraphContext context;
  private final Shape shape;

  /** Numbers for each of the tasks of a step, in a method's own scope. */
  State(LossBalancing.Inputs inputs, String method) {
    this.context = inputs.context().scope(method);
    this.shape = Shape.of(inputs.objectives().size());
  }

  /** A number a task. */
  Variable perTask(String name, double initial) {
    return variable(name, shape, initial);
  }

  /** One number. */
  Variable scalar(String name, double initial) {
    return variable(name, Shape.scalar(), initial);
  }

  /** Numbers of any shape. */
  Variable variable(String name, Shape of, double initial) {
    String full = context.path() + "/" + name;
    return context.variables().get(full, of, new Initializer.Constant(initial));
  }

  /** Writes a value. */
  static Op write(UpdateContext context, Variable variable, Operand<TFloating> value) {
    return context.tf().assignVariableOp(variable.handle(), value);
  }

  /** All of some operations. */
  static Op all(UpdateContext context, Op... operations) {
    return context.tf().withControlDependencies(List.of(operations)).noOp();
  }
}
