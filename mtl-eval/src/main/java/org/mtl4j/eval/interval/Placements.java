package org.mtl4j.eval.interval;

import java.util.Optional;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Numbers;
import org.mtl4j.core.metric.Ranking;
import org.mtl4j.core.metric.RowValues;

/**
 * Where each row stands among those of the other class, what DeLong and others (Biometrics 44,
 * 1988) call structural components: of a positive the share of the negatives' weight that scores
 * below it, of a negative the share of the positives' weight that scores above it, ties counting
 * one half. The mean over the positives, by weight, is the AUC, and so is that over the negatives.
 * Found by one ranking of all rows, as by Sun and Xu (IEEE Signal Processing Letters 21, 2014).
 *
 * @param rows what was scored
 * @param positives what the rows of label 1 weigh together, above 0
 * @param negatives what the others weigh together, above 0
 * @param auc in [0, 1]
 */
record Placements(EvaluationRows rows, double positives, double negatives, double auc) {
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
    double[] above = {0};
    double[] total = {0};
    rows.byFallingScore(
        (score, tiedPositives, tiedNegatives) -> {
          total[0] += tiedPositives * ofPositive(above[0] + tiedNegatives / 2, negatives);
          above[0] += tiedNegatives;
        });
    return new Placements(rows, positives, negatives, total[0] / positives);
  }

  private static double ofPositive(double above, double negatives) {
    return (negatives - above) / negatives;
  }

  /** Sees where a row stands. */
  @FunctionalInterface
  interface Visitor {
    /** A row, and where it stands in [0, 1]. */
    void visit(int row, double placement);
  }

  /** Goes through all rows by falling score. */
  void forEach(Visitor visitor) {
    Ranking ranking = rows.ranking();
    int[] next = {0};
    double[] above = new double[2];
    rows.byFallingScore(
        (score, tiedPositives, tiedNegatives) -> {
          double ofPositive = ofPositive(above[0] + tiedNegatives / 2, negatives);
          double ofNegative = (above[1] + tiedPositives / 2) / positives;
          int end = ranking.endOfTie(next[0]);
          for (int i = next[0]; i < end; i++) {
            int row = ranking.row(i);
            visitor.visit(row, rows.labels().get(row) == 1 ? ofPositive : ofNegative);
          }
          next[0] = end;
          above[0] += tiedNegatives;
          above[1] += tiedPositives;
        });
  }

  /** Where each row stands: [n]. */
  Numbers values() {
    RowValues values = rows.space().values();
    forEach(values::set);
    return values.numbers();
  }
}
