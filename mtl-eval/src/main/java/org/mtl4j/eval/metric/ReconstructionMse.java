package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.task.TaskType;

/**
 * The mean squared error of what a code rebuilds, {@code reconstruction_mse}, by example weight: a
 * number or id on average, in the unit of the fitted numbers, squared, from 0 on. Not defined
 * without rows or weight.
 */
public record ReconstructionMse() implements Metric {
  /** Columns behind the code: the row's error, and that of the mean. */
  private static final int ERRORS = 2;

  @Override
  public String key() {
    return "reconstruction_mse";
  }

  @Override
  public boolean appliesTo(TaskType type) {
    return type instanceof TaskType.Reconstruction;
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    return WeightedMean.of(rows, this, row -> error(rows, row));
  }

  /** A row's error. */
  static double error(EvaluationRows rows, int row) {
    return rows.predictions().get((row + 1) * rows.width() - ERRORS);
  }

  /** What the training mean would have had. */
  static double meanError(EvaluationRows rows, int row) {
    return rows.predictions().get((row + 1) * rows.width() - 1);
  }
}
