package org.mtl4j.eval.metric;

import java.util.function.IntToDoubleFunction;

/**
 * Mean average precision at K, {@code map@K}: the mean over groups of the average precision of
 * their K rows that score highest (Buckley and Voorhees, SIGIR 2000). In [0, 1].
 *
 * <pre>ap = sum over ranks r = 1..K that hold a positive of (positives among ranks 1..r) / r
 *      / min(K, positives of the group)</pre>
 *
 * <p>Over the groups that have a positive, each counting the same, example weights ignored. Ties
 * count as expected over their orders (McSherry and Najork, ECIR 2008): at the j-th of t tied rows
 * with p positives, below a rows with b positives, (p / t) (b + 1 + (j - 1) (p - 1) / (t - 1)) / (a
 * + j). Not defined where no group has a positive.
 *
 * @param k number of ranks that count, at least 1
 */
public record MapAtK(int k) implements AtK {
  /**
   * Checks the cut-off.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public MapAtK {
    AtK.checkCutOff("map", k);
  }

  @Override
  public String name() {
    return "map";
  }

  @Override
  public IntToDoubleFunction figures(RankedGroups groups) {
    return group -> {
      int positives = groups.positives(group);
      return positives == 0 ? Double.NaN : sum(groups, group) / Math.min(k, positives);
    };
  }

  private double sum(RankedGroups groups, int group) {
    double[] sum = {0};
    int[] positivesAbove = {0};
    groups.forEachTie(
        group,
        (above, size, positives) -> {
          for (int j = 1; positives > 0 && j <= size && above + j <= k; j++) {
            double others = size == 1 ? 0 : (j - 1) * (positives - 1) / (size - 1.0);
            sum[0] += positives / (double) size * (positivesAbove[0] + 1 + others) / (above + j);
          }
          positivesAbove[0] += positives;
          return above + size < k;
        });
    return sum[0];
  }
}
