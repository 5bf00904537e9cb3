package org.mtl4j.eval.metric;

import java.util.function.IntToDoubleFunction;

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
public record PrecisionAtK(int k) implements AtK {
  /**
   * Checks the cut-off.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public PrecisionAtK {
    AtK.checkCutOff("precision", k);
  }

  @Override
  public String name() {
    return "precision";
  }

  @Override
  public IntToDoubleFunction figures(RankedGroups groups) {
    double[] counts = RankedGroups.worthOfTop(k, rank -> 1);
    return group -> groups.worthOfPositives(group, counts) / k;
  }
}
