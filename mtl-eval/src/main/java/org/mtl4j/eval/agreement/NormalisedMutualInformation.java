package org.mtl4j.eval.agreement;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Normalised mutual information of two clusterings (Strehl and Ghosh, JMLR 3, 2002): what one says
 * of the other, divided by the arithmetic mean of their entropies, as scikit-learn does. In [0, 1],
 * 1 for the same clusters under any names; not corrected for chance, so that many small clusters
 * agree too much.
 */
public final class NormalisedMutualInformation {
  private NormalisedMutualInformation() {}

  /**
   * Over n rows, each counting the same.
   *
   * @param labels [n] a cluster a row, any number
   * @param clusters [n] the other clustering
   * @return empty without rows; 1 where both have one cluster
   * @throws IllegalArgumentException if the lengths differ
   */
  public static OptionalDouble of(int[] labels, int[] clusters) {
    Lengths.check(labels.length, clusters.length);
    if (labels.length == 0) {
      return OptionalDouble.empty();
    }
    Map<Long, Integer> both = new HashMap<>();
    Map<Long, Integer> first = new HashMap<>();
    Map<Long, Integer> second = new HashMap<>();
    for (int row = 0; row < labels.length; row++) {
      first.merge((long) labels[row], 1, Integer::sum);
      second.merge((long) clusters[row], 1, Integer::sum);
      both.merge(((long) labels[row] << 32) | (clusters[row] & 0xffffffffL), 1, Integer::sum);
    }
    double ofFirst = entropy(first, labels.length);
    double ofSecond = entropy(second, labels.length);
    double mean = (ofFirst + ofSecond) / 2;
    double shared = ofFirst + ofSecond - entropy(both, labels.length);
    return OptionalDouble.of(mean == 0 ? 1 : Math.max(0, shared / mean));
  }

  /** In nats. */
  private static double entropy(Map<Long, Integer> counts, int n) {
    if (counts.size() == 1) {
      return 0;
    }
    return counts.values().stream()
        .mapToDouble(count -> -count / (double) n * Math.log(count / (double) n))
        .sum();
  }
}
