package org.mtl4j.eval.calibration;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.ScoreVisitor;
import org.mtl4j.core.model.Calibrator;

/**
 * Isotonic regression of labels on scores by pool-adjacent-violators (Ayer and others, "An
 * empirical distribution function for sampling with incomplete information", 1955): of all rates
 * that never fall as scores rise, those of least squared error, and of least log loss too. One
 * sort, which the rows share, and a pass.
 *
 * <p>What comes out is steps: pools of rows with a rate each, and all scores of a pool would be
 * tied. To keep them apart the curve does not go by the steps but, in log odds, from the middle
 * (the mean score) of each pool to that of the next. Neighbouring pools are made one where the
 * curve would be steeper than {@link Calibrator#STEEPEST}. A pool that holds no positives, the
 * lowest one alone, has the rate 1 / (n + 2) for n rows, or half of its neighbour's if that is
 * less; one without negatives likewise, as certainty has no log odds.
 */
final class IsotonicFit implements ScoreVisitor {
  /** Rates that differ by no more, of themselves, differ by rounding. */
  private static final double EQUAL = 1e-9;

  private final Deque<Pool> pools = new ArrayDeque<>();
  private final double unit;

  /**
   * Rows that are one point of the curve.
   *
   * @param weight of all
   * @param positives weight of those labelled 1
   * @param scores sum of weight times score
   */
  record Pool(double weight, double positives, double scores) {
    /** Share of positives. */
    double rate() {
      return positives / weight;
    }

    /** The mean score. */
    double middle() {
      return scores / weight;
    }

    boolean isCertain() {
      return positives == 0 || positives == weight;
    }

    Pool with(Pool other) {
      return new Pool(weight + other.weight, positives + other.positives, scores + other.scores);
    }
  }

  /** A fit of rows whose weights are multiplied by a unit, so that their mean is 1. */
  private IsotonicFit(double unit) {
    this.unit = unit;
  }

  /** The pools of isotonic regression, by rising score and rate; no two rates are equal. */
  static List<Pool> pools(EvaluationRows rows) {
    double sum = 0;
    for (int row = 0; row < rows.size(); row++) {
      sum += rows.weight(row);
    }
    IsotonicFit fit = new IsotonicFit(rows.size() / sum);
    rows.byFallingScore(fit);
    List<Pool> rising = new ArrayList<>(fit.pools);
    Collections.reverse(rising);
    return rising;
  }

  @Override
  public void visit(double score, double positives, double negatives) {
    double weight = (positives + negatives) * unit;
    if (weight == 0) {
      return;
    }
    Pool pool = new Pool(weight, negatives == 0 ? weight : positives * unit, weight * score);
    while (!pools.isEmpty() && pools.peekLast().rate() <= pool.rate() * (1 + EQUAL)) {
      pool = pools.removeLast().with(pool);
    }
    pools.addLast(pool);
  }

  /**
   * The curve of rows of both classes.
   *
   * @param offset what serving adds to a calibrated score
   */
  static Calibrator.Curve of(EvaluationRows rows, double offset) {
    ArrayDeque<Pool> gentle = new ArrayDeque<>();
    for (Pool pool : pools(rows)) {
      Pool last = pool;
      while (!gentle.isEmpty() && isSteep(gentle.peekLast(), last)) {
        last = gentle.removeLast().with(last);
      }
      gentle.addLast(last);
    }
    List<Pool> points = List.copyOf(gentle);
    List<Double> logits = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      double logit = i > 0 ? logitAbove(points.get(i - 1), points.get(i)) : lowest(points);
      logits.add(logit - offset);
    }
    return new Calibrator.Curve(points.stream().map(Pool::middle).toList(), logits);
  }

  private static double lowest(List<Pool> points) {
    return points.size() == 1
        ? logit(points.get(0).rate())
        : logitBelow(points.get(0), points.get(1));
  }

  private static boolean isSteep(Pool below, Pool above) {
    double rise = logitAbove(below, above) - logitBelow(below, above);
    // Not as a quotient: middles that differ by a rounding are steep too.
    return rise > Calibrator.STEEPEST * (above.middle() - below.middle());
  }

  private static double logitBelow(Pool below, Pool above) {
    return logit(
        below.isCertain() ? Math.min(1 / (below.weight + 2), above.rate() / 2) : below.rate());
  }

  private static double logitAbove(Pool below, Pool above) {
    // Of the rate of negatives, as that is exact near 0.
    return above.isCertain()
        ? -logit(Math.min(1 / (above.weight + 2), (1 - below.rate()) / 2))
        : logit(above.rate());
  }

  private static double logit(double p) {
    return Math.log(p) - Math.log1p(-p);
  }
}
