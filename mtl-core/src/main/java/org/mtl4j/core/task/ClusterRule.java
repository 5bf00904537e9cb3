package org.mtl4j.core.task;

/**
 * How clusters are found.
 *
 * @param clusters how many, 2 to {@value #MOST_CLUSTERS}
 * @param warmupSteps steps in which the code is learnt alone, before the clusters are
 * @param weight what the clusters' loss counts beside the error of what is rebuilt
 * @param reconstructionWeight what that error counts behind the first steps; 0: it is not looked at
 * @param labelled whether there is a label that clusters are compared with, and never trained on
 */
public record ClusterRule(
    int clusters, int warmupSteps, double weight, double reconstructionWeight, boolean labelled) {
  /** More than a figure of each can be read. */
  public static final int MOST_CLUSTERS = 1_000;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public ClusterRule {
    if (clusters < 2 || clusters > MOST_CLUSTERS) {
      throw new IllegalArgumentException(
          "clusters: expected 2 to " + MOST_CLUSTERS + ", found " + clusters);
    }
    if (warmupSteps < 0) {
      throw new IllegalArgumentException("warmup_steps: expected at least 0, found " + warmupSteps);
    }
    check("clustering_weight", weight);
    check("reconstruction_weight", reconstructionWeight);
  }

  private static void check(String key, double weight) {
    if (!(weight >= 0 && weight <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          key + ": expected a number from 0 to 3.4e38, found " + weight);
    }
  }
}
