package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;

/**
 * Brier score, {@code brier}: {@code sum w_i (p_i - y_i)^2 / sum w_i} with example weights w
 * (Brier, Monthly Weather Review 78, 1950). In [0, 1]; 0.25 for a probability of one half
 * throughout. Not defined without rows or weight, or where predictions are no probabilities.
 */
public record Brier() implements OfProbabilities, BinaryMetric {
  @Override
  public String key() {
    return "brier";
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public OptionalDouble ofProbabilities(EvaluationRows rows) {
    return WeightedMean.of(
        rows,
        this,
        row -> {
          double error = rows.predictions().get(row) - rows.labels().get(row);
          return error * error;
        });
  }
}
