package org.mtl4j.eval.evaluator;

import java.util.Optional;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.metric.RowItems;

/**
 * What one block of n rows brings for one output.
 *
 * @param firstRow index of the block's first row among all rows of the evaluation
 * @param predictions [n * width], row by row
 * @param labels n labels, or n sets of them
 * @param groups [n] the group of each row; empty when there are none
 * @param items of n rows; empty when there are none
 */
record OutputBlock(
    long firstRow,
    float[] predictions,
    LabelColumn labels,
    Optional<int[]> groups,
    Optional<RowItems> items) {
  /** Number of rows that have a say. */
  int validCount() {
    int count = 0;
    for (boolean valid : labels.mask()) {
      count += valid ? 1 : 0;
    }
    return count;
  }
}
