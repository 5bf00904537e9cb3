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

  /**
   * {@code sum w_i f(i) / sum w_i}; empty where the weights add up to 0.
   *
   * @param what names the value, as for {@link EvaluationRows#weightedSum}
   */
  static OptionalDouble of(EvaluationRows rows, Object what, IntToDoubleFunction valueOfRow) {
    double weight = rows.totalWeight();
    return weight > 0
        ? OptionalDouble.of(rows.weightedSum(what, valueOfRow) / weight)
        : OptionalDouble.empty();
  }
}
