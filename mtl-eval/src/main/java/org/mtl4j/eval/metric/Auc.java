package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.ScoreSums;
import org.mtl4j.core.metric.ScoreVisitor;

/**
 * Area under the ROC curve, {@code auc}: the probability that a positive row scores above a
 * negative one, a tie counting one half (the Mann-Whitney statistic; Hanley and McNeil, Radiology
 * 143, 1982). In [0, 1], 0.5 for scores that say nothing.
 *
 * <p>With example weights w, over pairs of a positive i and a negative j:
 *
 * <pre>auc = sum w_i w_j ([s_i > s_j] + [s_i = s_j] / 2) / (sum w_i * sum w_j)</pre>
 *
 * <p>It is computed from ranks, by the one sort that the rows have for all metrics. Not defined
 * where one of the classes is absent or weighs nothing.
 */
public record Auc() implements TwoClassMetric {
  @Override
  public String key() {
    return "auc";
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    Pairs pairs = new Pairs();
    rows.byFallingScore(pairs);
    return pairs.share();
  }

  /** Goes down the scores and counts, for each negative, the positives above it. */
  private static final class Pairs implements ScoreVisitor {
    private double positivesAbove;
    private double negativesAbove;
    private double inOrder;

    @Override
    public void visit(double score, double positives, double negatives) {
      inOrder += negatives * (positivesAbove + positives / 2);
      positivesAbove += positives;
      negativesAbove += negatives;
    }

    @Override
    public void visitAll(ScoreSums sums) {
      for (int i = 0; i < sums.size(); i++) {
        visit(sums.score(i), sums.positives(i), sums.negatives(i));
      }
    }

    OptionalDouble share() {
      double pairs = positivesAbove * negativesAbove;
      return pairs > 0 ? OptionalDouble.of(inOrder / pairs) : OptionalDouble.empty();
    }
  }
}
