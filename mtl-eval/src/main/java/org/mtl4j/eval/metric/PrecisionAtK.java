package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.task.TaskType;

/**
 * Precision at K, {@code precision@K}: the positives among the K rows that score highest in a
 * group, divided by K. In [0, 1]; a group of fewer than K rows divides by K all the same, and so
 * cannot reach 1.
 *
 * <p>The mean over all groups, each counting the same, example weights ignored. Ties count as
 * expected over their orders. Not defined where there are no groups.
 *
 * @param k number of rows taken from the top, at least 1
 */
public record PrecisionAtK(int k) implements Metric {
  /**
   * Checks the cut-off.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public PrecisionAtK {
    if (k < 1) {
      throw new IllegalArgumentException("precision@K: expected K of at least 1, found " + k);
    }
  }

  @Override
  public String key() {
    return "precision@" + k;
  }

  @Override
  public boolean appliesTo(TaskType type) {
    return type instanceof TaskType.Binary;
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public boolean needsGroups() {
    return true;
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    double[] counts = RankedGroups.worthOfTop(k, rank -> 1);
    RankedGroups groups = RankedGroups.of(rows);
    double total = 0;
    for (int group = 0; group < groups.count(); group++) {
      total += groups.worthOfPositives(group, counts) / k;
    }
    return groups.count() > 0 ? OptionalDouble.of(total / groups.count()) : OptionalDouble.empty();
  }
}
