package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.task.TaskType;

/**
 * Root mean squared error, {@code rmse}: {@code sqrt(sum w_i (prediction_i - label_i)^2 / sum w_i)}
 * with example weights w. In the label's unit, from 0; least where the mean is predicted. Not
 * defined without rows or weight.
 */
public record Rmse() implements Metric {
  @Override
  public String key() {
    return "rmse";
  }

  @Override
  public boolean appliesTo(TaskType type) {
    return type instanceof TaskType.Regression;
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    OptionalDouble squared =
        WeightedMean.of(
            rows,
            row -> {
              double error = rows.predictions()[row] - rows.labels()[row];
              return error * error;
            });
    return squared.isPresent()
        ? OptionalDouble.of(Math.sqrt(squared.getAsDouble()))
        : OptionalDouble.empty();
  }
}
