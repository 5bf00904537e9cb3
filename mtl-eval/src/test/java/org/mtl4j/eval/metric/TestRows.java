package org.mtl4j.eval.metric;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.mtl4j.core.metric.EvaluationRows;

/** Small tables of rows, written out. */
final class TestRows {
  private TestRows() {}

  /** Rows that weigh 1 each, without groups. */
  static EvaluationRows of(double[] predictions, double[] labels) {
    return weighted(predictions, labels, ones(labels.length));
  }

  /** Rows without groups. */
  static EvaluationRows weighted(double[] predictions, double[] labels, double[] weights) {
    return new EvaluationRows(
        predictions, predictions.length / labels.length, labels, weights, Optional.empty());
  }

  /** Rows that weigh 1 each. */
  static EvaluationRows grouped(double[] predictions, double[] labels, int... groups) {
    return new EvaluationRows(predictions, 1, labels, ones(labels.length), Optional.of(groups));
  }

  /** 40 rows of a regression that weigh 1 to 4, with many ties of labels and of predictions. */
  static EvaluationRows tiedRegression(Random random) {
    return weighted(
        random.ints(40, 0, 9).asDoubleStream().toArray(),
        random.ints(40, 0, 7).asDoubleStream().toArray(),
        random.ints(40, 1, 5).asDoubleStream().toArray());
  }

  /** Rows of so many classes, predictions and labels row by row, that weigh 1 each. */
  static EvaluationRows sets(int classes, double[] predictions, double[] labels) {
    return new EvaluationRows(
        predictions, classes, labels, ones(labels.length / classes), Optional.empty());
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }
}
