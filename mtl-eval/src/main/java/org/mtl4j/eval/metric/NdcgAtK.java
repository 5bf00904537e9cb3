package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.task.TaskType;

/**
 * Normalised discounted cumulative gain, {@code ndcg@K} (Järvelin and Kekäläinen, TOIS 20(4),
 * 2002): how near the positives of each group stand to the top of its ranking. In [0, 1].
 *
 * <pre>dcg  = sum over ranks r = 1..K that hold a positive of 1 / log2(r + 1)
 * ndcg = dcg / (dcg of the ranking with all positives first)</pre>
 *
 * <p>The mean over groups, each counting the same, example weights ignored. A group without a
 * positive has no best ranking and is left out. Ties count as expected over their orders. Not
 * defined where no group has a positive.
 *
 * @param k number of ranks that count, at least 1
 */
public record NdcgAtK(int k) implements Metric {
  /**
   * Checks the cut-off.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public NdcgAtK {
    if (k < 1) {
      throw new IllegalArgumentException("ndcg@K: expected K of at least 1, found " + k);
    }
  }

  @Override
  public String key() {
    return "ndcg@" + k;
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
    double[] discounts = RankedGroups.worthOfTop(k, rank -> Math.log(2) / Math.log(rank + 1));
    RankedGroups groups = RankedGroups.of(rows);
    double total = 0;
    int defined = 0;
    for (int group = 0; group < groups.count(); group++) {
      int positives = groups.positives(group);
      if (positives > 0) {
        total += groups.worthOfPositives(group, discounts) / discounts[Math.min(positives, k)];
        defined++;
      }
    }
    return defined > 0 ? OptionalDouble.of(total / defined) : OptionalDouble.empty();
  }

  @Override
  public String whyUndefined(EvaluationRows rows) {
    return rows.size() == 0 || rows.groups().isEmpty()
        ? Metric.super.whyUndefined(rows)
        : "no group has a positive among %d rows".formatted(rows.size());
  }
}
