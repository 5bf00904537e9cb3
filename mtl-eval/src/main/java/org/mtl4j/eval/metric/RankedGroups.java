package org.mtl4j.eval.metric;

import java.util.function.IntToDoubleFunction;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.GroupedRanking;

/**
 * The rows of each group, ranked by falling score: the common ground of ranking metrics.
 *
 * <p>Tied rows are ranked without favour: what a ranking is worth is its expected value over all
 * orders of the tied rows, each as likely as the other (McSherry and Najork, ECIR 2008). So every
 * member of a tie gets the mean value of the ranks that the tie takes up.
 */
final class RankedGroups {
  private final EvaluationRows rows;
  private final GroupedRanking ranking;

  /** Over rows that name groups. */
  RankedGroups(EvaluationRows rows) {
    this.rows = rows;
    this.ranking = rows.groupedRanking();
  }

  /**
   * The worth of the first ranks together: [k + 1], from none of them to all of 1 to k; ranks
   * beyond k are worth nothing.
   */
  static double[] worthOfTop(int k, IntToDoubleFunction worthOfRank) {
    double[] worth = new double[k + 1];
    for (int rank = 1; rank <= k; rank++) {
      worth[rank] = worth[rank - 1] + worthOfRank.applyAsDouble(rank);
    }
    return worth;
  }

  /** Number of positives of a group. */
  int positives(int group) {
    return positivesBetween(ranking.start(group), ranking.end(group));
  }

  /** What the ranks of a group's positives are worth together, as expected over orders of ties. */
  double worthOfPositives(int group, double[] worthOfTop) {
    int first = ranking.start(group);
    int last = ranking.end(group);
    int k = worthOfTop.length - 1;
    double worth = 0;
    for (int start = first, end; start < last && start - first < k; start = end) {
      end = ranking.endOfTie(start);
      double ofTie = worthOfTop[Math.min(end - first, k)] - worthOfTop[Math.min(start - first, k)];
      worth += ofTie * positivesBetween(start, end) / (end - start);
    }
    return worth;
  }

  private int positivesBetween(int start, int end) {
    int positives = 0;
    for (int i = start; i < end; i++) {
      if (rows.labels().get(ranking.row(i)) == 1) {
        positives++;
      }
    }
    return positives;
  }
}
