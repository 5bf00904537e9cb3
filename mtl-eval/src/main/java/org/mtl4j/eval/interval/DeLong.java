package org.mtl4j.eval.interval;

import java.util.Optional;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Numbers;

/**
 * How far an AUC, or the difference of two on the same rows, may be off: the variance of DeLong,
 * DeLong and Clarke-Pearson (Biometrics 44, 1988), and where rows come in groups its extension to
 * clustered rows (Obuchowski, Biometrics 53, 1997), of which it is the case of one row a group.
 *
 * <p>With V of {@link Placements}, the AUC A, W+ and W- the weights of the classes, for group g the
 * sums a_g = sum w_i (V_i - A) over its positives and b_g over its negatives, of I+ groups with a
 * positive, I- with a negative, I in all:
 *
 * <pre>variance = I+/(I+ - 1) sum a_g^2 / W+^2 + I-/(I- - 1) sum b_g^2 / W-^2
 *          + 2 I/(I - 1) sum a_g b_g / (W+ W-)</pre>
 *
 * <p>Example weights are taken as given: a row of weight 2 counts twice, and is still one row.
 */
public final class DeLong {
  private DeLong() {}

  /**
   * The interval of the AUC: 1.96 standard errors to either side, and within [0, 1]. Empty where
   * the AUC is not defined, there are fewer than two groups (or rows) of either class, or the
   * variance is 0: the classes do not overlap, or all scores are tied, of which it does not follow
   * that the AUC is certain.
   *
   * @param rows of a binary output, n of them
   */
  public static Optional<Interval> interval(EvaluationRows rows) {
    return Placements.of(rows.inScores()).flatMap(DeLong::interval);
  }

  private static Optional<Interval> interval(Placements placements) {
    ClusterSums sums = new ClusterSums(placements.rows(), placements.auc());
    placements.forEach(sums::add);
    return standardError(sums)
        .filter(error -> error > 0)
        .map(
            error ->
                new Interval(
                    Math.max(0, placements.auc() - Normal.Z975 * error),
                    Math.min(1, placements.auc() + Normal.Z975 * error),
                    Interval.LEVEL,
                    method(placements.rows())));
  }

  /**
   * How much more AUC the scores of one system have than those of another. Empty where it is not
   * defined, as for {@link #interval}; equal scores have a difference of 0 and p-value 1.
   *
   * @param rows n rows with one system's scores
   * @param baseline the same rows with the other's
   * @throws IllegalArgumentException if labels, weights or groups differ
   */
  public static Optional<Difference> difference(EvaluationRows rows, EvaluationRows baseline) {
    SameRows.check(rows, baseline);
    return Placements.of(rows)
        .flatMap(placements -> difference(placements, Placements.of(baseline).orElseThrow()));
  }

  private static Optional<Difference> difference(Placements placements, Placements baseline) {
    EvaluationRows rows = placements.rows();
    double more = placements.auc() - baseline.auc();
    ClusterSums sums = new ClusterSums(rows, more);
    Numbers values = placements.values();
    Numbers others = baseline.values();
    for (int row = 0; row < rows.size(); row++) {
      sums.add(row, values.get(row) - others.get(row));
    }
    return standardError(sums).map(error -> Difference.of(more, error, method(rows)));
  }

  private static Interval.Method method(EvaluationRows rows) {
    return rows.groups().isPresent() ? Interval.Method.CLUSTERED_DELONG : Interval.Method.DELONG;
  }

  private static Optional<Double> standardError(ClusterSums sums) {
    double variance = sums.done().variance();
    return variance >= 0 ? Optional.of(Math.sqrt(variance)) : Optional.empty();
  }
}
