package org.mtl4j.eval.interval;

import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.GroupedRanking;

/** The sums over rows that go together, and over all of them, that the variance is made of. */
final class ClusterSums {
  private final Placements placements;
  private double positiveWeight;
  private double negativeWeight;
  private double ofPositives;
  private double ofNegatives;
  private double ofBoth;
  private int withPositive;
  private int withNegative;
  private int withAny;

  private ClusterSums(Placements placements) {
    this.placements = placements;
  }

  /** By group, or where there are none every row by itself. */
  static ClusterSums of(Placements placements) {
    ClusterSums sums = new ClusterSums(placements);
    EvaluationRows rows = placements.rows();
    if (rows.groups().isPresent()) {
      GroupedRanking groups = rows.groupedRanking();
      for (int g = 0; g < groups.count(); g++) {
        sums.add(groups, g);
      }
    } else {
      for (int row = 0; row < rows.size(); row++) {
        Cluster cluster = new Cluster();
        sums.add(cluster, row);
        sums.add(cluster);
      }
    }
    return sums;
  }

  /** What the rows of one group amount to. */
  private static final class Cluster {
    private double positives;
    private double negatives;
    private boolean hasPositive;
    private boolean hasNegative;
  }

  private void add(GroupedRanking groups, int group) {
    Cluster cluster = new Cluster();
    for (int i = groups.start(group); i < groups.end(group); i++) {
      add(cluster, groups.row(i));
    }
    add(cluster);
  }

  private void add(Cluster cluster, int row) {
    double weight = placements.rows().weight(row);
    if (weight == 0) {
      return;
    }
    double part = weight * (placements.values()[row] - placements.auc());
    if (placements.rows().labels().get(row) == 1) {
      cluster.positives += part;
      cluster.hasPositive = true;
      positiveWeight += weight;
    } else {
      cluster.negatives += part;
      cluster.hasNegative = true;
      negativeWeight += weight;
    }
  }

  private void add(Cluster cluster) {
    ofPositives += cluster.positives * cluster.positives;
    ofNegatives += cluster.negatives * cluster.negatives;
    ofBoth += cluster.positives * cluster.negatives;
    withPositive += cluster.hasPositive ? 1 : 0;
    withNegative += cluster.hasNegative ? 1 : 0;
    withAny += cluster.hasPositive || cluster.hasNegative ? 1 : 0;
  }

  /** The variance of the AUC; NaN where a class is in fewer than two groups. */
  double variance() {
    if (withPositive < 2 || withNegative < 2) {
      return Double.NaN;
    }
    return correction(withPositive) * ofPositives / (positiveWeight * positiveWeight)
        + correction(withNegative) * ofNegatives / (negativeWeight * negativeWeight)
        + 2 * correction(withAny) * ofBoth / (positiveWeight * negativeWeight);
  }

  private static double correction(int groups) {
    return groups / (groups - 1.0);
  }
}
