package org.mtl4j.eval.fairness;

import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.GroupedRanking;

/**
 * What protected groups have of the rankings' exposure. The place j of a ranking, from 1, is worth
 * 1 / log2(1 + j) (Singh and Joachims, "Fairness of exposure in rankings", KDD 2018, with the
 * discount of DCG), and nothing behind the last place that is seen. Rows of equal scores share
 * their places, as expected over their orders. Each ranking counts once: sums are of shares, its
 * whole exposure, its rows and its positives being 1 each. Example weights are ignored.
 *
 * @param byCandidates exposure over rows
 * @param byRelevance exposure over positives, of the rankings that have one
 * @param rankings how many there are
 * @param relevantRankings how many have a positive
 */
record Exposures(Shares byCandidates, Shares byRelevance, int rankings, int relevantRankings) {
  /**
   * Of binary rows in groups.
   *
   * @param protectedGroups how many there are
   * @param ofRow [n] which one a row is in
   * @param places that are seen
   */
  static Exposures of(EvaluationRows rows, int protectedGroups, int[] ofRow, int places) {
    GroupedRanking rankings = rows.groupedRanking();
    Shares byCandidates = new Shares(protectedGroups);
    Shares byRelevance = new Shares(protectedGroups);
    int relevant = 0;
    for (int r = 0; r < rankings.count(); r++) {
      Ranked ranked = Ranked.of(rows, rankings, r, new Seen(protectedGroups, ofRow, places));
      relevant += ranked.allPositives() > 0 ? 1 : 0;
      for (int g = 0; g < protectedGroups; g++) {
        if (ranked.candidates()[g] > 0) {
          double exposure = ranked.exposure()[g] / ranked.allExposure();
          byCandidates.add(r, g, exposure, ranked.candidates()[g] / ranked.size());
          byCandidates.count(g);
          if (ranked.allPositives() > 0) {
            byRelevance.add(r, g, exposure, ranked.positives()[g] / ranked.allPositives());
          }
          if (ranked.positives()[g] > 0) {
            byRelevance.count(g);
          }
        }
      }
    }
    return new Exposures(byCandidates, byRelevance, rankings.count(), relevant);
  }

  /** Who is looked at, and how far down. */
  private record Seen(int protectedGroups, int[] ofRow, int places) {}

  /** One ranking, by protected group: [groups] each. */
  private record Ranked(
      double[] exposure, double[] candidates, double[] positives, double allExposure, double size) {
    static Ranked of(EvaluationRows rows, GroupedRanking rankings, int ranking, Seen seen) {
      double[] exposure = new double[seen.protectedGroups()];
      double[] candidates = new double[seen.protectedGroups()];
      double[] positives = new double[seen.protectedGroups()];
      int start = rankings.start(ranking);
      int end = rankings.end(ranking);
      double all = 0;
      for (int from = start, to; from < end; from = to) {
        to = rankings.endOfTie(from);
        double worth = worth(from - start + 1, to - start, seen.places());
        all += worth;
        for (int i = from; i < to; i++) {
          int row = rankings.row(i);
          int group = seen.ofRow()[row];
          exposure[group] += worth / (to - from);
          candidates[group]++;
          positives[group] += rows.labels().get(row);
        }
      }
      return new Ranked(exposure, candidates, positives, all, end - start);
    }

    double allPositives() {
      double sum = 0;
      for (double of : positives) {
        sum += of;
      }
      return sum;
    }

    /** Of the places from the first to the last together. */
    private static double worth(int first, int last, int places) {
      double worth = 0;
      for (int place = first; place <= Math.min(last, places); place++) {
        worth += Math.log(2) / Math.log(place + 1.0);
      }
      return worth;
    }
  }
}
