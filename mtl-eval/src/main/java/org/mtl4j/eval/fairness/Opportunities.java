package org.mtl4j.eval.fairness;

import java.util.function.IntUnaryOperator;
import org.mtl4j.core.metric.EvaluationRows;

/** The positives of protected groups, and which of them are predicted positive, by weight. */
final class Opportunities {
  private Opportunities() {}

  /**
   * Of binary rows.
   *
   * @param protectedGroups how many there are
   * @param ofRow [n] which one a row is in
   * @param threshold from which score on a row is predicted positive
   */
  static Shares of(EvaluationRows rows, int protectedGroups, int[] ofRow, double threshold) {
    Shares shares = new Shares(protectedGroups);
    IntUnaryOperator units = rows.units();
    for (int row = 0; row < rows.size(); row++) {
      double weight = rows.weight(row);
      if (rows.labels().get(row) == 1 && weight > 0) {
        boolean predicted = rows.predictions().get(row) >= threshold;
        shares.add(units.applyAsInt(row), ofRow[row], predicted ? weight : 0, weight);
        shares.count(ofRow[row]);
      }
    }
    return shares;
  }
}
