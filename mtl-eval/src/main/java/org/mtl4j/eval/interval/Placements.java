package org.mtl4j.eval.interval;

import java.util.Arrays;
import java.util.Optional;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Ranking;

/**
 * Where each row stands among those of the other class, what DeLong and others (Biometrics 44,
 * 1988) call structural components: of a positive the share of the negatives' weight that scores
 * below it, of a negative the share of the positives' weight that scores above it, ties counting
 * one half. The mean over the positives, by weight, is the AUC, and so is that over the negatives.
 * Found by one ranking of all rows, as by Sun and Xu (IEEE Signal Processing Letters 21, 2014).
 *
 * @param rows what was scored
 * @param values [n] in [0, 1]
 * @param auc in [0, 1]
 */
record Placements(EvaluationRows rows, double[] values, double auc) {
  /** Of rows of a binary output; empty where a class is absent or weighs nothing. */
  static Optional<Placements> of(EvaluationRows rows) {
    double[] weights = new double[2];
    rows.byFallingScore(
        (score, positives, negatives) -> {
          weights[0] += negatives;
          weights[1] += positives;
        });
    return weights[0] > 0 && weights[1] > 0
        ? Optional.of(of(rows, weights[1], weights[0]))
        : Optional.empty();
  }

  private static Placements of(EvaluationRows rows, double positives, double negatives) {
    double[] values = new double[rows.size()];
    Ranking ranking = rows.ranking();
    int[] next = {0};
    double[] above = new double[2];
    double[] total = {0};
    rows.byFallingScore(
        (score, tiedPositives, tiedNegatives) -> {
          double ofPositive = (negatives - above[0] - tiedNegatives / 2) / negatives;
          double ofNegative = (above[1] + tiedPositives / 2) / positives;
          int end = ranking.endOfTie(next[0]);
          for (int i = next[0]; i < end; i++) {
            int row = ranking.row(i);
            values[row] = rows.labels().get(row) == 1 ? ofPositive : ofNegative;
          }
          next[0] = end;
          total[0] += tiedPositives * ofPositive;
          above[0] += tiedNegatives;
          above[1] += tiedPositives;
        });
    return new Placements(rows, values, total[0] / positives);
  }

  /** What these have more than those of other scores of the same rows; the AUCs' difference too. */
  Placements minus(Placements other) {
    double[] differences = new double[values.length];
    Arrays.setAll(differences, row -> values[row] - other.values[row]);
    return new Placements(rows, differences, auc - other.auc);
  }
}
