package org.mtl4j.core.metric;

import java.util.Optional;

/**
 * The rows of one output's sample space, n of them, with what was predicted.
 *
 * @param predictions [n * width], row by row: probabilities (width is the number of classes for a
 *     multiclass or multilabel output) or values in the label's unit; none is NaN
 * @param width predictions per row
 * @param labels [n]: 0 or 1, a class index, or a value in its unit; of a multilabel output [n *
 *     width], row by row: 1 where the set has the class, else 0
 * @param weights [n]: example weights, not negative
 * @param groups [n]: the group of each row (a user, say), for metrics by group; empty when the
 *     experiment names none
 */
public record EvaluationRows(
    double[] predictions, int width, double[] labels, double[] weights, Optional<int[]> groups) {
  /**
   * Checks lengths.
   *
   * @throws IllegalArgumentException if they do not go together
   */
  public EvaluationRows {
    int n = weights.length;
    if (predictions.length != n * width
        || (labels.length != n && labels.length != n * width)
        || groups.map(g -> g.length != n).orElse(false)) {
      throw new IllegalArgumentException(
          "expected %d weights to go with as many groups and labels, or %d times as many labels, and %d"
                  .formatted(n, width, width)
              + " times as many predictions");
    }
  }

  /** Whether labels are sets of several classes. */
  public boolean hasSets() {
    return labels.length > weights.length;
  }

  /** Number of rows. */
  public int size() {
    return weights.length;
  }
}
