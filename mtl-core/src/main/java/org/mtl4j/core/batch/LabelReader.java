package org.mtl4j.core.batch;

import org.mtl4j.core.error.MtlException;

/** How a task reads a row's label. */
interface LabelReader {
  /**
   * Reads the label into its place among those of a block's rows.
   *
   * @param labels as {@link LabelColumn} has them, 0 so far at this row
   * @return whether it is there; otherwise the row has no say, and nothing was written
   * @throws MtlException of code DATA_VALUE if the task does not allow the value
   */
  boolean read(RawBatch rows, int row, float[] labels);

  /** Number of classes of a label that is a set of them; 0 for a number. */
  default int classes() {
    return 0;
  }
}
