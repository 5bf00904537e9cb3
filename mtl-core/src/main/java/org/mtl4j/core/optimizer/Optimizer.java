package org.mtl4j.core.optimizer;

import org.mtl4j.core.graph.RowTable;
import org.mtl4j.core.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;

/**
 * An update rule, for dense variables and for the rows of a table that a step touched. Slots are
 * variables and tables of the {@link UpdateContext}; they are checkpointed with the rest.
 */
public interface Optimizer {
  /**
   * Adds the update of a dense variable.
   *
   * @param gradient of the variable's shape
   */
  Op updateDense(UpdateContext context, Variable variable, Operand<TFloating> gradient);

  /**
   * Adds the update of rows of a table; rows that are not named, and their slots, stay as they are.
   *
   * @param ids [U], each once
   * @param gradient [U, width]
   */
  Op updateRows(
      UpdateContext context, RowTable table, Operand<TInt64> ids, Operand<TFloating> gradient);
}
