package org.mtl4j.eval.metric;

import java.util.Optional;
import org.mtl4j.core.metric.EvaluationRows;

/** Rows whose weights are 1, 2, 3 and so on, so that one that is forgotten shows. */
final class WeightedRows {
  private WeightedRows() {}

  /**
   * The rows.
   *
   * @param width columns of the output
   * @param predictions [rows, width]
   */
  static EvaluationRows of(int width, double[] predictions, double... labels) {
    double[] weights = new double[labels.length];
    for (int row = 0; row < weights.length; row++) {
      weights[row] = 1 + row;
    }
    return new EvaluationRows(predictions, width, labels, weights, Optional.empty());
  }
}
