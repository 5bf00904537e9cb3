package org.mtl4j.core.metric;

import java.util.Optional;

/** Ranks within groups, as shares of the group. */
final class RankShares {
  private RankShares() {}

  /**
   * Of each row the share of its group's rows that are below it, those equal to it (itself among
   * them) by half.
   *
   * @param groups [n]; empty: one group
   */
  static double[] of(float[] values, Optional<int[]> groups) {
    EvaluationRows rows =
        new EvaluationRows(
            Numbers.of(values, values.length),
            1,
            Numbers.of(new float[values.length], values.length),
            Numbers.of(new float[values.length], values.length),
            Optional.of(groups.orElseGet(() -> new int[values.length])));
    GroupedRanking ranking = rows.groupedRanking();
    double[] shares = new double[values.length];
    for (int group = 0; group < ranking.count(); group++) {
      int end = ranking.end(group);
      double size = end - ranking.start(group);
      for (int from = ranking.start(group), to; from < end; from = to) {
        to = ranking.endOfTie(from);
        double below = (end - to) + (to - from) / 2.0;
        for (int i = from; i < to; i++) {
          shares[ranking.row(i)] = below / size;
        }
      }
    }
    return shares;
  }
}
