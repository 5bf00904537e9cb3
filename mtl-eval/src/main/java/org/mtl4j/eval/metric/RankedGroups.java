package org.mtl4j.eval.metric;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.mtl4j.core.metric.EvaluationRows;

/**
 * The rows of each group, ranked by falling score: the common ground of ranking metrics.
 *
 * <p>Tied rows are ranked without favour: what a ranking is worth is its expected value over all
 * orders of the tied rows, each as likely as the other (McSherry and Najork, ECIR 2008). So every
 * member of a tie gets the mean value of the ranks that the tie takes up.
 */
final class RankedGroups {
  private final EvaluationRows rows;
  private final int[] ranked;
  private final int[] starts;

  private RankedGroups(EvaluationRows rows, int[] ranked, int[] starts) {
    this.rows = rows;
    this.ranked = ranked;
    this.starts = starts;
  }

  /** Ranks the rows of each group; there are no groups where the rows name none. */
  static RankedGroups of(EvaluationRows rows) {
    if (rows.groups().isEmpty()) {
      return new RankedGroups(rows, new int[0], new int[1]);
    }
    KeyedRows grouped =
        KeyedRows.byFallingScore(rows.predictions()).byGroup(rows.groups().orElseThrow());
    int[] starts = new int[grouped.size() + 1];
    int count = 0;
    for (int start = 0; start < grouped.size(); start = grouped.endOfTie(start)) {
      starts[count++] = start;
    }
    starts[count] = grouped.size();
    return new RankedGroups(rows, grouped.rows(), Arrays.copyOf(starts, count + 1));
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

  /** Number of groups that have a row. */
  int count() {
    return starts.length - 1;
  }

  /** Number of positives of a group. */
  int positives(int group) {
    return positivesBetween(starts[group], starts[group + 1]);
  }

  /** What the ranks of a group's positives are worth together, as expected over orders of ties. */
  double worthOfPositives(int group, double[] worthOfTop) {
    int first = starts[group];
    int last = starts[group + 1];
    int k = worthOfTop.length - 1;
    double worth = 0;
    for (int start = first, end; start < last && start - first < k; start = end) {
      end = endOfTie(start, last);
      double ofTie = worthOfTop[Math.min(end - first, k)] - worthOfTop[Math.min(start - first, k)];
      worth += ofTie * positivesBetween(start, end) / (end - start);
    }
    return worth;
  }

  private int endOfTie(int start, int last) {
    double score = rows.predictions()[ranked[start]];
    int end = start + 1;
    while (end < last && rows.predictions()[ranked[end]] == score) {
      end++;
    }
    return end;
  }

  private int positivesBetween(int start, int end) {
    int positives = 0;
    for (int i = start; i < end; i++) {
      if (rows.labels()[ranked[i]] == 1) {
        positives++;
      }
    }
    return positives;
  }
}
