package org.mtl4j.eval.metric;

import java.util.function.IntToDoubleFunction;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.GroupedRanking;
import org.mtl4j.core.metric.RowItems;

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
    this.rows = rows.inGroups();
    this.ranking = this.rows.groupedRanking();
  }

  /** Sees the ties of one group, a row without an equal being a tie of one. */
  @FunctionalInterface
  interface TieVisitor {
    /**
     * The next tie.
     *
     * @param above number of rows that rank above it
     * @param size number of its rows
     * @param positives number of those of label 1
     * @return whether to go on
     */
    boolean visit(int above, int size, int positives);
  }

  /** Goes down a group's ranking, tie by tie. */
  void forEachTie(int group, TieVisitor visitor) {
    int first = ranking.start(group);
    int last = ranking.end(group);
    boolean more = true;
    for (int start = first, end; more && start < last; start = end) {
      end = ranking.endOfTie(start);
      more = visitor.visit(start - first, end - start, positivesBetween(start, end));
    }
  }

  /**
   * Who is among the first k ranks of a group, as positions of the ranking.
   *
   * @param first position of the highest score
   * @param tied those before it are among them, in any order of the ties
   * @param end those from {@code tied} to before it are tied
   * @param places how many of the tied are among them, each of the tied as likely as the other
   */
  record Top(int first, int tied, int end, int places) {
    /** How many ranks are taken up: k, or all of a smaller group. */
    int size() {
      return tied - first + places;
    }

    /** The probability that one of the tied is among them. */
    double share() {
      return tied == end ? 0 : places / (double) (end - tied);
    }
  }

  /** The first k ranks of a group. */
  Top top(int group, int k) {
    int first = ranking.start(group);
    int last = ranking.end(group);
    int tied = first;
    while (tied < last && ranking.endOfTie(tied) - first <= k) {
      tied = ranking.endOfTie(tied);
    }
    return tied == last
        ? new Top(first, last, last, 0)
        : new Top(first, tied, ranking.endOfTie(tied), k - (tied - first));
  }

  /** The position after a group's last row. */
  int end(int group) {
    return ranking.end(group);
  }

  /** The row at a position. */
  int row(int position) {
    return ranking.row(position);
  }

  /** What is known of the rows' items. */
  RowItems items() {
    return rows.items().orElseThrow();
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
    int k = worthOfTop.length - 1;
    double[] worth = {0};
    forEachTie(
        group,
        (above, size, positives) -> {
          double ofTie = worthOfTop[Math.min(above + size, k)] - worthOfTop[above];
          worth[0] += ofTie * positives / size;
          return above + size < k;
        });
    return worth[0];
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
