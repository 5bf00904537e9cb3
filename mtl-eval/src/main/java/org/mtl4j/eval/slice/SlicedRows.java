package org.mtl4j.eval.slice;

import java.util.BitSet;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.model.OutputSpec;

/**
 * The rows of one output, and where they stand among all rows of the evaluation.
 *
 * @param output the output
 * @param rows those that have a say, in the order of all
 * @param say which of all rows these are; it must not change
 */
public record SlicedRows(OutputSpec output, EvaluationRows rows, BitSet say) {
  /**
   * Checks that they are as many.
   *
   * @throws IllegalArgumentException if they are not
   */
  public SlicedRows {
    if (rows.size() != say.cardinality()) {
      throw new IllegalArgumentException(
          "expected %d rows of output %s that have a say, found %d"
              .formatted(say.cardinality(), output.name(), rows.size()));
    }
  }
}
