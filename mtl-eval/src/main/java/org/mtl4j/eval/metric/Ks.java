package org.mtl4j.eval.metric;

import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.ScoreSums;
import org.mtl4j.core.metric.ScoreVisitor;

/**
 * Kolmogorov-Smirnov statistic, {@code ks}: over all thresholds the largest lead of the true
 * positive rate over the false positive rate (Smirnov, Annals of Mathematical Statistics 19, 1948;
 * as an index of a test: Youden, Cancer 3, 1950). In [0, 1], 0 for scores that say nothing or the
 * opposite.
 *
 * <p>By example weight; rows of equal scores pass a threshold together. Not defined where one of
 * the classes is absent or weighs nothing.
 */
public record Ks() implements TwoClassMetric {
  @Override
  public String key() {
    return "ks";
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public OptionalDouble compute(EvaluationRows rows) {
    ClassWeights classes = ClassWeights.of(rows);
    if (!classes.areBoth()) {
      return OptionalDouble.empty();
    }
    Lead lead = new Lead(classes);
    rows.byFallingScore(lead);
    return OptionalDouble.of(lead.largest);
  }

  private static final class Lead implements ScoreVisitor {
    private final ClassWeights classes;
    private double positives;
    private double negatives;
    private double largest;

    Lead(ClassWeights classes) {
      this.classes = classes;
    }

    @Override
    public void visit(double score, double newPositives, double newNegatives) {
      positives += newPositives;
      negatives += newNegatives;
      largest =
          Math.max(largest, positives / classes.positives() - negatives / classes.negatives());
    }

    @Override
    public void visitAll(ScoreSums sums) {
      for (int i = 0; i < sums.size(); i++) {
        visit(sums.score(i), sums.positives(i), sums.negatives(i));
      }
    }
  }
}
