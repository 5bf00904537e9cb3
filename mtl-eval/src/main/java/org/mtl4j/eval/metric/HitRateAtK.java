package org.mtl4j.eval.metric;

import java.util.function.IntToDoubleFunction;

/**
 * Hit rate at K, {@code hit_rate@K}: the share of groups that have a positive among the K rows that
 * score highest (Deshpande and Karypis, TOIS 22(1), 2004). In [0, 1].
 *
 * <p>Over the groups that have a positive, each counting the same, example weights ignored. Ties
 * count as expected over their orders: of a tie of t rows and p positives that has s places left, 1
 * - C(t - p, s) / C(t, s). Not defined where no group has a positive.
 *
 * @param k number of rows taken from the top, at least 1
 */
public record HitRateAtK(int k) implements AtK {
  /**
   * Checks the cut-off.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public HitRateAtK {
    AtK.checkCutOff("hit_rate", k);
  }

  @Override
  public String name() {
    return "hit_rate";
  }

  @Override
  public IntToDoubleFunction figures(RankedGroups groups) {
    return group -> {
      if (groups.positives(group) == 0) {
        return Double.NaN;
      }
      double[] miss = {1};
      groups.forEachTie(
          group,
          (above, size, positives) -> {
            miss[0] *= Draw.missProbability(size, positives, Math.min(size, k - above));
            return miss[0] > 0 && above + size < k;
          });
      return 1 - miss[0];
    };
  }
}
