package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.eval.agreement.QuadraticKappa;

/**
 * Quadratic weighted kappa, {@code quadratic_kappa}, of the labels and the most probable classes:
 * {@link QuadraticKappa}. At most 1; 0 for chance. By example weight. Not defined without weight,
 * or where all rows have one class and are predicted to have it.
 */
public record WeightedKappa() implements Metric {
  @Override
  public String key() {
    return "quadratic_kappa";
  }

  @Override
  public boolean appliesTo(TaskType type) {
    return type instanceof TaskType.Ordinal;
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    int[] labels = new int[rows.size()];
    int[] predictions = new int[rows.size()];
    double[] weights = new double[rows.size()];
    for (int row = 0; row < rows.size(); row++) {
      labels[row] = (int) rows.labels().get(row);
      predictions[row] = ClassProbabilities.mostProbable(rows, row);
      weights[row] = rows.weight(row);
    }
    return QuadraticKappa.of(labels, predictions, weights);
  }

  @Override
  public String whyUndefined(EvaluationRows rows) {
    return WeightedMean.weighs(rows)
        ? "all of %d rows have one class and are predicted to have it"
            .formatted(WeightedMean.countWeighty(rows))
        : Metric.super.whyUndefined(rows);
  }
}
