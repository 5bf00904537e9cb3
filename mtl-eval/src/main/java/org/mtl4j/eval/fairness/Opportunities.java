package org.mtl4j.eval.fairness;

import java.util.Arrays;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.GroupedRanking;

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
    int[] units = units(rows);
    for (int row = 0; row < rows.size(); row++) {
      double weight = rows.weight(row);
      if (rows.labels().get(row) == 1 && weight > 0) {
        boolean predicted = rows.predictions().get(row) >= threshold;
        shares.add(units[row], ofRow[row], predicted ? weight : 0, weight);
        shares.count(ofRow[row]);
      }
    }
    return shares;
  }

  /** [n] what a bootstrap draws with the row: its group's index, or its own. */
  private static int[] units(EvaluationRows rows) {
    int[] units = new int[rows.size()];
    if (rows.groups().isEmpty()) {
      Arrays.setAll(units, row -> row);
      return units;
    }
    GroupedRanking groups = rows.groupedRanking();
    for (int group = 0; group < groups.count(); group++) {
      for (int i = groups.start(group); i < groups.end(group); i++) {
        units[groups.row(i)] = group;
      }
    }
    return units;
  }
}
