package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.mtl4j.core.metric.EvaluationRows;

/** The mean over rows, by example weight, that most metrics of single rows are. */
final class WeightedMean {
  private WeightedMean() {}

  /** Whether any row weighs something. */
  static boolean weighs(EvaluationRows rows) {
    return IntStream.range(0, rows.size()).anyMatch(row -> rows.weight(row) > 0);
  }

  /** Number of rows that weigh something. */
  static long countWeighty(EvaluationRows rows) {
    return IntStream.range(0, rows.size()).filter(row -> rows.weight(row) > 0).count();
  }

  /** {@code sum w_i f(i) / sum w_i}; empty where the weights add up to 0. */
  static OptionalDouble of(EvaluationRows rows, IntToDoubleFunction valueOfRow) {
    double total = 0;
    double weight = 0;
    for (int row = 0; row < rows.size(); row++) {
      double w = rows.weight(row);
      if (w > 0) { // A row that a resample left out costs no logarithm.
        total += w * valueOfRow.applyAsDouble(row);
        weight += w;
      }
    }
    return weight > 0 ? OptionalDouble.of(total / weight) : OptionalDouble.empty();
  }
}
