package org.mtl4j.eval.metric;

import java.util.function.IntToDoubleFunction;

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
public record NdcgAtK(int k) implements AtK {
  /**
   * Checks the cut-off.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public NdcgAtK {
    AtK.checkCutOff("ndcg", k);
  }

  @Override
  public String name() {
    return "ndcg";
  }

  @Override
  public IntToDoubleFunction figures(RankedGroups groups) {
    double[] discounts = RankedGroups.worthOfTop(k, rank -> Math.log(2) / Math.log(rank + 1));
    return group -> {
      int positives = groups.positives(group);
      return positives == 0
          ? Double.NaN
          : groups.worthOfPositives(group, discounts) / discounts[Math.min(positives, k)];
    };
  }
}
