package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.task.TaskType;

/**
 * Logarithmic loss, {@code log_loss}: the mean, by example weight, of {@code -ln p}, where p is the
 * probability that was given to what came true. In nats, from 0; {@code ln(classes)} for a model
 * that knows nothing of equally frequent classes.
 *
 * <p>p is clipped to [2^-52, 1 - 2^-52], as scikit-learn does for float64, so that one row that was
 * wrong with certainty costs 36.04 and not infinity. Not defined without rows or weight.
 */
public record LogLoss() implements Metric {
  /** The distance from 1 to the next double: 2^-52. */
  private static final double EPSILON = Math.ulp(1.0);

  @Override
  public String key() {
    return "log_loss";
  }

  @Override
  public boolean appliesTo(TaskType type) {
    return type instanceof TaskType.Binary || type instanceof TaskType.Multiclass;
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    return WeightedMean.of(
        rows,
        row ->
            -Math.log(
                Math.min(Math.max(ClassProbabilities.ofLabel(rows, row), EPSILON), 1 - EPSILON)));
  }
}
