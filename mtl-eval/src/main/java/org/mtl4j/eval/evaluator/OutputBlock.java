package org.mtl4j.eval.evaluator;

import java.util.Optional;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.metric.RowBlock;
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
    Optional<RowItems> items)
    implements RowBlock {
  @Override
  public double prediction(int row, int i) {
    return predictions[row * (predictions.length / labels.size()) + i];
  }

  @Override
  public double label(int row, int i) {
    return labels.labels()[row * labels.width() + i];
  }

  @Override
  public double weight(int row) {
    return labels.weights()[row];
  }

  @Override
  public int group(int row) {
    return groups.map(numbers -> numbers[row]).orElse(0);
  }

  /** Number of rows that have a say. */
  int validCount() {
    int count = 0;
    for (boolean valid : labels.mask()) {
      count += valid ? 1 : 0;
    }
    return count;
  }
}
