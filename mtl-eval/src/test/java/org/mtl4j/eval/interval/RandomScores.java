package org.mtl4j.eval.interval;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Ints;

/** Rows of a binary output drawn at random. */
final class RandomScores {
  private RandomScores() {}

  /**
   * Rows whose positives score higher, on the whole, with many ties.
   *
   * @param groups how many there are; 0: rows have none
   * @param weighted whether weights are drawn, some of them 0
   */
  static EvaluationRows of(SplittableRandom random, int n, int groups, boolean weighted) {
    double[] labels = new double[n];
    double[] scores = new double[n];
    double[] weights = new double[n];
    int[] groupOf = new int[n];
    for (int row = 0; row < n; row++) {
      labels[row] = row < 4 ? row % 2 : random.nextInt(2);
      scores[row] = (random.nextInt(6) + 2 * labels[row]) / 8;
      weights[row] = weighted && row >= 4 ? random.nextInt(4) / 2.0 : 1;
      groupOf[row] = groups == 0 ? 0 : row < 4 ? row : random.nextInt(groups) * 3;
    }
    return new EvaluationRows(
        scores, 1, labels, weights, groups == 0 ? Optional.empty() : Optional.of(groupOf));
  }

  /** The same rows scored by another system. */
  static EvaluationRows rescored(SplittableRandom random, EvaluationRows rows) {
    double[] scores = rows.predictions().toArray();
    Arrays.setAll(scores, row -> (scores[row] + random.nextInt(5) / 4.0) / 2);
    double[] weights = new double[rows.size()];
    Arrays.setAll(weights, rows::weight);
    return new EvaluationRows(
        scores, 1, rows.labels().toArray(), weights, rows.groups().map(Ints::toArray));
  }
}
