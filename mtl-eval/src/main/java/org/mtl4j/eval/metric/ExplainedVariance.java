package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.task.TaskType;

/**
 * The share of the variance that a code keeps, {@code explained_variance}: 1 minus the error of
 * what it rebuilds over the error of the training mean, both summed by example weight. At most 1; 0
 * or less where the mean does as well. Not defined where the mean has no error.
 */
public record ExplainedVariance() implements Metric {
  /** Names the second sum. */
  private static final String OF_MEAN = "error of the mean";

  @Override
  public String key() {
    return "explained_variance";
  }

  @Override
  public boolean appliesTo(TaskType type) {
    return type instanceof TaskType.Reconstruction;
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    double error = rows.weightedSum(this, row -> ReconstructionMse.error(rows, row));
    double ofMean = rows.weightedSum(OF_MEAN, row -> ReconstructionMse.meanError(rows, row));
    return ofMean > 0 ? OptionalDouble.of(1 - error / ofMean) : OptionalDouble.empty();
  }

  @Override
  public String whyUndefined(EvaluationRows rows) {
    return rows.totalWeight() > 0
        ? "all %d rows are as the training mean".formatted(rows.size())
        : Metric.super.whyUndefined(rows);
  }
}
