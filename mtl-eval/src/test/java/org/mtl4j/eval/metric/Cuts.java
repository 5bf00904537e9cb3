package org.mtl4j.eval.metric;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.mtl4j.core.metric.EvaluationRows;

/**
 * What a threshold makes of rows, one row at a time.
 *
 * @param truePositives the weight of positives that score as much or more
 * @param falsePositives the weight of negatives that do
 * @param missed the weight of positives that do not
 * @param trueNegatives the weight of negatives that do not
 */
record Cuts(double truePositives, double falsePositives, double missed, double trueNegatives) {
  static Cuts at(EvaluationRows rows, double threshold) {
    return new Cuts(
        weight(rows, threshold, true, 1),
        weight(rows, threshold, true, 0),
        weight(rows, threshold, false, 1),
        weight(rows, threshold, false, 0));
  }

  /** The different scores, the highest first. */
  static double[] thresholds(EvaluationRows rows) {
    return DoubleStream.of(rows.predictions().toArray())
        .map(score -> -score)
        .distinct()
        .sorted()
        .map(score -> -score)
        .toArray();
  }

  double recall() {
    return truePositives / (truePositives + missed);
  }

  double precision() {
    return truePositives / (truePositives + falsePositives);
  }

  double f1() {
    return 2 / (1 / precision() + 1 / recall());
  }

  private static double weight(EvaluationRows rows, double threshold, boolean above, double label) {
    return IntStream.range(0, rows.size())
        .filter(i -> rows.predictions().get(i) >= threshold == above)
        .filter(i -> rows.labels().get(i) == label)
        .mapToDouble(rows::weight)
        .sum();
  }
}
