package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.task.TaskType;

/**
 * The mean simplified silhouette, {@code silhouette}, by example weight: 1 - a / b of the distances
 * in the code to the nearest centroid and to the next one. In [0, 1]. It costs rows times clusters
 * where {@link org.mtl4j.eval.agreement.Silhouette} takes all pairs of rows, and compares models of
 * one code only: training draws a code together. Not defined without rows or weight.
 */
public record MeanSilhouette() implements Metric {
  @Override
  public String key() {
    return "silhouette";
  }

  @Override
  public boolean appliesTo(TaskType type) {
    return type instanceof TaskType.Clustering;
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    return WeightedMean.of(rows, this, row -> rows.predictions().get((row + 1) * rows.width() - 1));
  }
}
