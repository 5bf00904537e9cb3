package org.mtl4j.eval.metric;

import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.task.TaskType;

/**
 * What errors of regressions share: they are in the label's unit, from 0, and smaller is better.
 */
interface RegressionError extends Metric {
  @Override
  default boolean appliesTo(TaskType type) {
    return type instanceof TaskType.Regression;
  }

  @Override
  default boolean higherIsBetter() {
    return false;
  }

  /** prediction - label. */
  static double of(EvaluationRows rows, int row) {
    return rows.predictions().get(row) - rows.labels().get(row);
  }
}
