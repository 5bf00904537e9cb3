package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.ScoreSums;
import org.mtl4j.core.metric.ScoreVisitor;

/**
 * Area under the precision-recall curve as average precision, {@code pr_auc}: over the different
 * scores from the highest down, the precision at each as a threshold, weighed by the recall that it
 * adds. In (0, 1]; scores that say nothing have the share of positives, and so it tells more than
 * {@link Auc} where positives are rare.
 *
 * <pre>pr_auc = sum over thresholds t of (recall_t - recall_before) * precision_t</pre>
 *
 * <p>Nothing is interpolated between thresholds, which would flatter (Davis and Goadrich, ICML
 * 2006); scikit-learn's {@code average_precision_score} is the same. Rows of equal scores are taken
 * together, so that their order does not matter. By example weight. Not defined without a positive.
 */
public record PrAuc() implements BinaryMetric {
  @Override
  public String key() {
    return "pr_auc";
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    Area area = new Area();
    rows.byFallingScore(area);
    return area.positives > 0
        ? OptionalDouble.of(area.precisions / area.positives)
        : OptionalDouble.empty();
  }

  @Override
  public String whyUndefined(EvaluationRows rows) {
    long weighty = WeightedMean.countWeighty(rows);
    return weighty == 0
        ? BinaryMetric.super.whyUndefined(rows)
        : "no positive among %d rows".formatted(weighty);
  }

  private static final class Area implements ScoreVisitor {
    private double positives;
    private double predicted;
    private double precisions;

    @Override
    public void visit(double score, double newPositives, double newNegatives) {
      positives += newPositives;
      predicted += newPositives + newNegatives;
      if (newPositives > 0) {
        precisions += newPositives * positives / predicted;
      }
    }

    @Override
    public void visitAll(ScoreSums sums) {
      for (int i = 0; i < sums.size(); i++) {
        visit(sums.score(i), sums.positives(i), sums.negatives(i));
      }
    }
  }
}
