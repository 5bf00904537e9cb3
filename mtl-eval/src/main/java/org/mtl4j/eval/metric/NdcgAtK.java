package org.mtl4j.eval.metric;

import org.mtl4j.core.metric.EvaluationRows;

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
public record NdcgAtK(int k) implements GroupRanking {
  /**
   * Checks the cut-off.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public NdcgAtK {
    GroupRanking.checkCutOff("ndcg", k);
  }

  @Override
  public String name() {
    return "ndcg";
  }

  @Override
  public double[] worthOfTop() {
    return RankedGroups.worthOfTop(k, rank -> Math.log(2) / Math.log(rank + 1));
  }

  @Override
  public double ofGroup(RankedGroups groups, int group, double[] discounts) {
    int positives = groups.positives(group);
    return positives == 0
        ? Double.NaN
        : groups.worthOfPositives(group, discounts) / discounts[Math.min(positives, k)];
  }

  @Override
  public String whyUndefined(EvaluationRows rows) {
    return rows.size() == 0 || rows.groups().isEmpty()
        ? GroupRanking.super.whyUndefined(rows)
        : "no group has a positive among %d rows".formatted(rows.size());
  }
}
