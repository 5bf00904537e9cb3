package org.mtl4j.core.metric;

/** Refuses numbers that would give a figure and must not. */
final class RowChecks {
  private RowChecks() {}

  /** A NaN would be ranked somewhere, and a figure would come out. */
  static void refuseNaN(String what, Numbers numbers, int rows) {
    for (int i = 0; i < numbers.size(); i++) {
      if (Double.isNaN(numbers.get(i))) {
        throw new IllegalArgumentException(
            "expected %s that are numbers, found NaN in row %d (from 0)"
                .formatted(what, i * (long) rows / numbers.size()));
      }
    }
  }

  static void refuseNegative(Numbers weights) {
    for (int row = 0; row < weights.size(); row++) {
      if (!(weights.get(row) >= 0)) {
        throw new IllegalArgumentException(
            "expected weights of at least 0, found %s in row %d (from 0)"
                .formatted(weights.get(row), row));
      }
    }
  }
}
