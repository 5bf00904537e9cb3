package org.mtl4j.core.metric;

import java.util.Optional;

/**
 * The rows of one output's sample space, n of them, with what was predicted.
 *
 * @param predictions [n * width], row by row: probabilities (width is the number of classes for a
 *     multiclass output) or values in the label's unit; none is NaN
 * @param width predictions per row
 * @param labels [n]: 0 or 1, a class index, or a value in its unit
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
    int n = labels.length;
    if (predictions.length != n * width
        || weights.length != n
        || groups.map(g -> g.length != n).orElse(false)) {
      throw new IllegalArgumentException(
          "expected %d labels to go with as many weights, groups and %d times as many predictions"
              .formatted(n, width));
    }
  }

  /** Number of rows. */
  public int size() {
    return labels.length;
  }
}
