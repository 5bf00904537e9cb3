package org.mtl4j.eval.metric;

import java.util.Optional;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.ScoreSums;
import org.mtl4j.core.metric.ScoreVisitor;

/** Figures of the threshold whose F1 is largest. */
interface BestCut extends BinaryMetric {
  @Override
  default boolean higherIsBetter() {
    return true;
  }

  @Override
  default String whyUndefined(EvaluationRows rows) {
    long weighty = WeightedMean.countWeighty(rows);
    return weighty == 0
        ? BinaryMetric.super.whyUndefined(rows)
        : "no positive among %d rows".formatted(weighty);
  }

  /** A threshold and the F1 of a yes from it on. */
  record Best(double score, double f1) {}

  /** Goes down the scores and keeps the first of the largest F1. */
  final class Search implements ScoreVisitor {
    private final double allPositives;
    private double positives;
    private double predicted;
    private double score;
    private double f1;

    private Search(double allPositives) {
      this.allPositives = allPositives;
    }

    /** Empty where there is no positive. */
    static Optional<Best> of(EvaluationRows rows) {
      Search search = new Search(ClassWeights.of(rows).positives());
      rows.byFallingScore(search);
      return search.f1 > 0 ? Optional.of(new Best(search.score, search.f1)) : Optional.empty();
    }

    @Override
    public void visit(double cut, double newPositives, double newNegatives) {
      positives += newPositives;
      predicted += newPositives + newNegatives;
      double here = 2 * positives / (allPositives + predicted);
      if (here > f1) {
        f1 = here;
        score = cut;
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
