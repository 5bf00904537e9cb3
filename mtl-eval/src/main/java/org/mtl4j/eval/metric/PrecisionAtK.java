package org.mtl4j.eval.metric;

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
public record PrecisionAtK(int k) implements GroupRanking {
  /**
   * Checks the cut-off.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public PrecisionAtK {
    GroupRanking.checkCutOff("precision", k);
  }

  @Override
  public String name() {
    return "precision";
  }

  @Override
  public double[] worthOfTop() {
    return RankedGroups.worthOfTop(k, rank -> 1);
  }

  @Override
  public double ofGroup(RankedGroups groups, int group, double[] counts) {
    return groups.worthOfPositives(group, counts) / k;
  }
}
