package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import org.mtl4j.core.metric.EvaluationRows;

/** The mean over rows, by example weight, that most metrics of single rows are. */
final class WeightedMean {
  private WeightedMean() {}

  /** {@code sum w_i f(i) / sum w_i}; empty where the weights add up to 0. */
  static OptionalDouble of(EvaluationRows rows, IntToDoubleFunction valueOfRow) {
    double total = 0;
    double weight = 0;
    for (int row = 0; row < rows.size(); row++) {
      total += rows.weights()[row] * valueOfRow.applyAsDouble(row);
      weight += rows.weights()[row];
    }
    return weight > 0 ? OptionalDouble.of(total / weight) : OptionalDouble.empty();
  }
}
