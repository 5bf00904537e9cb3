package org.mtl4j.eval.metric;

import org.mtl4j.core.metric.EvaluationRows;

/**
 * What the two classes of a binary output weigh.
 *
 * @param positives the weight of the rows of label 1
 * @param negatives the weight of the others
 */
public record ClassWeights(double positives, double negatives) {
  private enum Label {
    POSITIVE,
    NEGATIVE
  }

  /** Adds them up. */
  public static ClassWeights of(EvaluationRows rows) {
    return new ClassWeights(
        rows.weightedSum(Label.POSITIVE, row -> rows.labels().get(row) == 1 ? 1 : 0),
        rows.weightedSum(Label.NEGATIVE, row -> rows.labels().get(row) == 1 ? 0 : 1));
  }

  /** Whether both weigh something. */
  public boolean areBoth() {
    return positives > 0 && negatives > 0;
  }

  /** The share of positives, in [0, 1]. */
  public double rate() {
    return positives / (positives + negatives);
  }
}
