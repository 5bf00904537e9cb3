package org.mtl4j.core.metric;

/** Refuses numbers that would give a figure and must not. */
final class RowChecks {
  private RowChecks() {}

  /**
   * The same rows.
   *
   * @throws IllegalArgumentException if a prediction or label is NaN, or a weight is below 0
   */
  static UnitSums checked(UnitSums rows) {
    EvaluationTable table = rows.table();
    refuseNaN("predictions", table.predictions(), table.size());
    refuseNaN("labels", table.labels(), table.size());
    refuseNegative(rows.weights());
    return rows;
  }

  /** A NaN would be ranked somewhere, and a figure would come out. */
  private static void refuseNaN(String what, Numbers numbers, int rows) {
    for (int i = 0; i < numbers.size(); i++) {
      if (Double.isNaN(numbers.get(i))) {
        throw new IllegalArgumentException(
            "expected %s that are numbers, found NaN in row %d (from 0)"
                .formatted(what, i * (long) rows / numbers.size()));
      }
    }
  }

  private static void refuseNegative(Numbers weights) {
    for (int row = 0; row < weights.size(); row++) {
      if (!(weights.get(row) >= 0)) {
        throw new IllegalArgumentException(
            "expected weights of at least 0, found %s in row %d (from 0)"
                .formatted(weights.get(row), row));
      }
    }
  }
}
