package org.mtl4j.eval.fairness;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.eval.interval.Bootstrap;
import org.mtl4j.eval.interval.Interval;
import org.mtl4j.eval.slice.SliceMeasure;

/**
 * Measures how alike a binary output treats protected groups, by every {@link Criterion}. Intervals
 * are percentiles over samples of groups of rows (users, say; rows where there are none), drawn
 * with replacement: of a gap the difference is taken in each of them.
 */
public final class FairnessMeasure {
  private final Bootstrap bootstrap;
  private final int places;

  /**
   * A measure.
   *
   * @param bootstrap how often rows are drawn
   * @param places of a ranking that anybody sees, at least 1; the others have no exposure
   */
  public FairnessMeasure(Bootstrap bootstrap, int places) {
    this.bootstrap = bootstrap;
    this.places = places;
  }

  /** Rows of a binary output, and which protected group each is in. */
  private record Grouped(EvaluationRows rows, List<String> names, int[] ofRow) {}

  /**
   * Measures one output.
   *
   * @param output its name
   * @param rows n rows that have a say; criteria of rankings need groups
   * @param names of the protected groups
   * @param ofRow [n] per row its protected group
   * @param threshold from which score on a row is predicted positive
   */
  public FairnessFigures measure(
      String output, EvaluationRows rows, List<String> names, int[] ofRow, double threshold) {
    Grouped grouped = new Grouped(rows, List.copyOf(names), ofRow);
    List<CriterionFigures> criteria = new ArrayList<>();
    if (rows.groups().isPresent()) {
      Exposures exposures = Exposures.of(rows, names.size(), ofRow, places);
      criteria.add(
          figures(
              Criterion.EXPOSURE_PARITY, grouped, exposures.byCandidates(), exposures.rankings()));
      criteria.add(
          figures(
              Criterion.EXPOSURE_BY_RELEVANCE,
              grouped,
              exposures.byRelevance(),
              exposures.relevantRankings()));
    }
    Shares rates = Opportunities.of(rows, names.size(), ofRow, threshold);
    criteria.add(figures(Criterion.EQUAL_OPPORTUNITY, grouped, rates, 1));
    return new FairnessFigures(output, threshold, criteria);
  }

  /** Figures of sums over so many equal parts, of which the mean is shown. */
  private CriterionFigures figures(Criterion criterion, Grouped grouped, Shares shares, int parts) {
    int groups = grouped.names().size();
    Shares.Totals totals = shares.totals();
    double[] ratios = totals.ratios();
    int[][] pairs = pairs(shares, ratios);
    List<Optional<Interval>> intervals = intervals(grouped.rows(), shares, pairs);
    List<GroupFairness> all = new ArrayList<>();
    for (int g = 0; g < groups; g++) {
      all.add(
          new GroupFairness(
              grouped.names().get(g),
              new GroupFairness.Size(shares.counts()[g], isSmall(shares, g)),
              totals.amounts()[g] / Math.max(1, parts),
              totals.references()[g] / Math.max(1, parts),
              new GroupFairness.Ratio(
                  Double.isNaN(ratios[g]) ? OptionalDouble.empty() : OptionalDouble.of(ratios[g]),
                  intervals.get(g))));
    }
    List<Gap> gaps = new ArrayList<>();
    for (int p = 0; p < pairs.length; p++) {
      gaps.add(
          new Gap(
              grouped.names().get(pairs[p][0]),
              grouped.names().get(pairs[p][1]),
              ratios[pairs[p][1]] - ratios[pairs[p][0]],
              intervals.get(groups + p)));
    }
    gaps.sort(Comparator.comparingDouble(gap -> -gap.value()));
    return new CriterionFigures(criterion, all, gaps);
  }

  private static boolean isSmall(Shares shares, int group) {
    return shares.counts()[group] < SliceMeasure.LEAST;
  }

  /** Each two groups of which something can be said: [pairs][less, more]. */
  private static int[][] pairs(Shares shares, double[] ratios) {
    int[] groups =
        IntStream.range(0, ratios.length)
            .filter(g -> !isSmall(shares, g) && !Double.isNaN(ratios[g]))
            .toArray();
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < groups.length; i++) {
      for (int j = i + 1; j < groups.length; j++) {
        boolean firstIsLess = ratios[groups[i]] <= ratios[groups[j]];
        pairs.add(
            firstIsLess ? new int[] {groups[i], groups[j]} : new int[] {groups[j], groups[i]});
      }
    }
    return pairs.toArray(int[][]::new);
  }

  /** Of the groups' ratios, and behind them of the pairs' differences. */
  private List<Optional<Interval>> intervals(EvaluationRows rows, Shares shares, int[][] pairs) {
    return bootstrap.intervals(
        rows,
        drawn -> {
          double[] ratios = shares.ratios(drawn);
          double[] figures = Arrays.copyOf(ratios, ratios.length + pairs.length);
          for (int p = 0; p < pairs.length; p++) {
            figures[ratios.length + p] = ratios[pairs[p][1]] - ratios[pairs[p][0]];
          }
          return figures;
        });
  }
}
