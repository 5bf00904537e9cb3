package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;

/**
 * Root mean squared error, {@code rmse}: {@code sqrt(sum w_i (prediction_i - label_i)^2 / sum w_i)}
 * with example weights w. In the label's unit, from 0; least where the mean is predicted. Not
 * defined without rows or weight.
 */
public record Rmse() implements RegressionError {
  @Override
  public String key() {
    return "rmse";
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    OptionalDouble squared =
        WeightedMean.of(
            rows,
            this,
            row -> {
              double error = RegressionError.of(rows, row);
              return error * error;
            });
    return squared.isPresent()
        ? OptionalDouble.of(Math.sqrt(squared.getAsDouble()))
        : OptionalDouble.empty();
  }
}
