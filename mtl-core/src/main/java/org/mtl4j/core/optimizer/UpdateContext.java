package org.mtl4j.core.optimizer;

import java.util.List;
import java.util.Optional;
import org.mtl4j.core.graph.FloatType;
import org.mtl4j.core.graph.Initializer;
import org.mtl4j.core.graph.RowTable;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.graph.Variables;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * Where an optimiser adds its operations.
 *
 * @param tf makes operations that wait for every gradient of the step: an update that ran before
 *     another variable's gradient is computed would change it, and make training depend on timing
 * @param variables where slots live
 * @param step number [] of the step, from 1
 * @param factor [] by which a learning rate is multiplied in this step; empty: by 1
 */
public record UpdateContext(
    Ops tf, Variables variables, Operand<TInt64> step, Optional<Operand<TFloating>> factor) {
  /** One whose learning rates stay as they are. */
  public UpdateContext(Ops tf, Variables variables, Operand<TInt64> step) {
    this(tf, variables, step, Optional.empty());
  }

  /** Scope of slots: their names begin with it. */
  public static final String SLOTS = "optimizer/";

  /** Slot of a dense variable, of its shape: {@code optimizer/SLOT/VARIABLE}. */
  public Variable slot(String slot, Variable variable, double initial) {
    return variables.get(
        slotName(slot, variable.name()), variable.shape(), new Initializer.Constant(initial));
  }

  /** Slot of a table's rows, with a width of its own: {@code optimizer/SLOT/TABLE}. */
  public RowTable slot(String slot, RowTable table, int width, double initial) {
    return variables.table(
        slotName(slot, table.name()), table.rows(), width, new Initializer.Constant(initial));
  }

  /** The name of a slot of a variable or table: {@code optimizer/SLOT/OWNER}. */
  public static String slotName(String slot, String owner) {
    return SLOTS + slot + "/" + owner;
  }

  /** Which slot of a variable or table has a name; empty if it names none of the owner's. */
  public static Optional<String> slotOf(String owner, String name) {
    String end = "/" + owner;
    return name.startsWith(SLOTS) && name.endsWith(end)
        ? Optional.of(name.substring(SLOTS.length(), name.length() - end.length()))
        : Optional.empty();
  }

  /** A scalar of the graph's floating type. */
  public Operand<TFloating> constant(double value) {
    return tf.constant(type().tensorClass(), value);
  }

  /**
   * The learning rate of this step, a scalar: every optimiser takes it from here, so that schedules
   * and groups of variables hold for all of them.
   *
   * @param learningRate as configured
   */
  public Operand<TFloating> rate(double learningRate) {
    Operand<TFloating> configured = constant(learningRate);
    return factor.<Operand<TFloating>>map(f -> tf.math.mul(configured, f)).orElse(configured);
  }

  /** The same place, with learning rates multiplied by a factor more. */
  public UpdateContext scaled(double by) {
    return by == 1 ? this : new UpdateContext(tf, variables, step, Optional.of(rate(by)));
  }

  /** The same place, with operations that also wait for another one. */
  public UpdateContext after(Op first) {
    return new UpdateContext(tf.withControlDependencies(List.of(first)), variables, step, factor);
  }

  /** base to the power of the step, a scalar. */
  public Operand<TFloating> powerOfStep(double base) {
    return tf.math.pow(constant(base), tf.dtypes.cast(step, type().tensorClass()));
  }

  private FloatType type() {
    return variables.type();
  }
}
