package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;

/**
 * Mean absolute error, {@code mae}: {@code sum w_i |prediction_i - label_i| / sum w_i} with example
 * weights w. In the label's unit, from 0; least where the median is predicted. Not defined without
 * rows or weight.
 */
public record Mae() implements RegressionError {
  @Override
  public String key() {
    return "mae";
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    return WeightedMean.of(rows, this, row -> Math.abs(RegressionError.of(rows, row)));
  }
}
