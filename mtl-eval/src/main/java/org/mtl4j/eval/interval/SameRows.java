package org.mtl4j.eval.interval;

import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Ints;

/** Two systems are compared on the rows that both have scored. */
final class SameRows {
  private SameRows() {}

  static void check(EvaluationRows rows, EvaluationRows others) {
    if (!areSame(rows, others)) {
      throw new IllegalArgumentException(
          "expected the same rows, found other labels, weights or groups: %d rows and %d"
              .formatted(rows.size(), others.size()));
    }
  }

  private static boolean areSame(EvaluationRows rows, EvaluationRows others) {
    if (rows.size() != others.size()
        || rows.labels().size() != others.labels().size()
        || !haveSameGroups(rows, others)) {
      return false;
    }
    for (int i = 0; i < rows.labels().size(); i++) {
      if (rows.labels().get(i) != others.labels().get(i)) {
        return false;
      }
    }
    for (int row = 0; row < rows.size(); row++) {
      if (rows.weight(row) != others.weight(row)) {
        return false;
      }
    }
    return true;
  }

  private static boolean haveSameGroups(EvaluationRows rows, EvaluationRows others) {
    if (rows.groups().isEmpty() || others.groups().isEmpty()) {
      return rows.groups().isEmpty() && others.groups().isEmpty();
    }
    Ints groups = rows.groups().get();
    Ints those = others.groups().get();
    for (int row = 0; row < rows.size(); row++) {
      if (groups.get(row) != those.get(row)) {
        return false;
      }
    }
    return true;
  }
}
