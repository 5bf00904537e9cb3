package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.task.TaskType;

/**
 * Coefficient of determination, {@code r2}: the share of the labels' variance that predictions
 * explain. At most 1; 0 for the mean of these very labels, below 0 for what is worse.
 *
 * <pre>r2 = 1 - sum w_i (prediction_i - label_i)^2 / sum w_i (label_i - mean label)^2</pre>
 *
 * <p>By example weight w, the mean too. Not defined where labels do not differ.
 */
public record R2() implements Metric {
  @Override
  public String key() {
    return "r2";
  }

  @Override
  public boolean appliesTo(TaskType type) {
    return type instanceof TaskType.Regression;
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    OptionalDouble mean = WeightedMean.of(rows, this, row -> rows.labels().get(row));
    if (mean.isEmpty()) {
      return mean;
    }
    double errors = 0;
    double spread = 0;
    for (int row = 0; row < rows.size(); row++) {
      double error = RegressionError.of(rows, row);
      double off = rows.labels().get(row) - mean.getAsDouble();
      errors += rows.weight(row) * error * error;
      spread += rows.weight(row) * off * off;
    }
    return spread > 0 ? OptionalDouble.of(1 - errors / spread) : OptionalDouble.empty();
  }

  @Override
  public String whyUndefined(EvaluationRows rows) {
    return WeightedMean.weighs(rows)
        ? "all labels are equal among %d rows".formatted(WeightedMean.countWeighty(rows))
        : Metric.super.whyUndefined(rows);
  }
}
