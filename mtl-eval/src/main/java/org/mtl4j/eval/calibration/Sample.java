package org.mtl4j.eval.calibration;

import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Numbers;

/**
 * Scores and labels, yes or no, of n rows.
 *
 * @param scores log odds
 * @param labels 1 or 0
 * @param weights [n] with the mean 1: what a row counts beside the others, so that a prior of so
 *     many rows means the same whatever the unit of the weights
 * @param offset what serving adds to a calibrated score, see {@link CalibrationFit#of}
 */
record Sample(Numbers scores, Numbers labels, double[] weights, double offset) {
  static Sample of(EvaluationRows rows, double offset) {
    return new Sample(rows.predictions(), rows.labels(), weights(rows), offset);
  }

  /** The weights of rows, by their mean. */
  static double[] weights(EvaluationRows rows) {
    double[] weights = new double[rows.size()];
    double sum = 0;
    for (int row = 0; row < weights.length; row++) {
      weights[row] = rows.weight(row);
      sum += weights[row];
    }
    for (int row = 0; row < weights.length; row++) {
      weights[row] *= weights.length / sum;
    }
    return weights;
  }

  int size() {
    return weights.length;
  }

  /** Weight of the rows labelled 1, or of those labelled 0. */
  double weightOf(boolean positive) {
    double sum = 0;
    for (int row = 0; row < weights.length; row++) {
      sum += (labels.get(row) == 1) == positive ? weights[row] : 0;
    }
    return sum;
  }

  /** Mean log loss, in nats, of the probabilities at calibrated scores. */
  double logLoss(Map map) {
    double sum = 0;
    for (int row = 0; row < weights.length; row++) {
      double logit = map.apply(scores.get(row)) + offset;
      sum += weights[row] * softplus(labels.get(row) == 1 ? -logit : logit);
    }
    return sum / weights.length;
  }

  /** From a score to a calibrated one. */
  @FunctionalInterface
  interface Map {
    double apply(double score);
  }

  /** log(1 + exp(x)), which never overflows. */
  static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  /** 1 / (1 + exp(-x)). */
  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
