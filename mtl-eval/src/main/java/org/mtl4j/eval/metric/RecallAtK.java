package org.mtl4j.eval.metric;

import java.util.function.IntToDoubleFunction;

/**
 * Recall at K, {@code recall@K}: the positives among the K rows that score highest in a group,
 * divided by all its positives. In [0, 1]; a group of more than K positives cannot reach 1.
 *
 * <p>The mean over the groups that have a positive, each counting the same, example weights
 * ignored. Ties count as expected over their orders. Not defined where no group has a positive.
 *
 * @param k number of rows taken from the top, at least 1
 */
public record RecallAtK(int k) implements AtK {
  /**
   * Checks the cut-off.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public RecallAtK {
    AtK.checkCutOff("recall", k);
  }

  @Override
  public String name() {
    return "recall";
  }

  @Override
  public IntToDoubleFunction figures(RankedGroups groups) {
    double[] counts = RankedGroups.worthOfTop(k, rank -> 1);
    return group -> {
      int positives = groups.positives(group);
      return positives == 0 ? Double.NaN : groups.worthOfPositives(group, counts) / positives;
    };
  }
}
