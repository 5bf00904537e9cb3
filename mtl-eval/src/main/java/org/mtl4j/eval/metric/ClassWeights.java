package org.mtl4j.eval.metric;

import org.mtl4j.core.metric.EvaluationRows;

/**
 * What the two classes of a binary output weigh.
 *
 * @param positives the weight of the rows of label 1
 * @param negatives the weight of the others
 */
public record ClassWeights(double positives, double negatives) {
  /** Adds them up. */
  public static ClassWeights of(EvaluationRows rows) {
    double positives = 0;
    double negatives = 0;
    for (int row = 0; row < rows.size(); row++) {
      if (rows.labels().get(row) == 1) {
        positives += rows.weight(row);
      } else {
        negatives += rows.weight(row);
      }
    }
    return new ClassWeights(positives, negatives);
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
