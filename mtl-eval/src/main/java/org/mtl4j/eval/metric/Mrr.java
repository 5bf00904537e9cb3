package org.mtl4j.eval.metric;

import java.util.function.IntToDoubleFunction;

/**
 * Mean reciprocal rank, {@code mrr}: 1 over the rank of the first positive of each group (Voorhees,
 * TREC-8, 1999). In (0, 1].
 *
 * <p>The mean over the groups that have a positive, each counting the same, example weights
 * ignored. Ties count as expected over their orders: each place of a tie by the probability that
 * its first positive stands there. Not defined where no group has a positive.
 */
public record Mrr() implements GroupMean {
  @Override
  public String key() {
    return "mrr";
  }

  @Override
  public IntToDoubleFunction figures(RankedGroups groups) {
    return group -> {
      double[] reciprocal = {Double.NaN};
      groups.forEachTie(
          group,
          (above, size, positives) -> {
            if (positives > 0) {
              reciprocal[0] = ofFirst(above, size, positives);
            }
            return positives == 0;
          });
      return reciprocal[0];
    };
  }

  private static double ofFirst(int above, int size, int positives) {
    double expected = 0;
    double none = 1; // the probability that no place before j holds a positive
    for (int j = 1; j <= size - positives + 1; j++) {
      double here = positives / (double) (size - j + 1);
      expected += none * here / (above + j);
      none *= 1 - here;
    }
    return expected;
  }
}
