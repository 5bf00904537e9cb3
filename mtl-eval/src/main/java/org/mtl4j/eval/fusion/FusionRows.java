package org.mtl4j.eval.fusion;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;

/**
 * Rows that a fusion is measured on.
 *
 * @param predictions per output [n]
 * @param labels per output n labels
 * @param groups [n] the request, or the user, that a row is a candidate of; empty: all of one
 */
public record FusionRows(
    Map<String, float[]> predictions, Map<String, LabelColumn> labels, Optional<int[]> groups) {
  /** Copies the maps, not the arrays. */
  public FusionRows {
    predictions = Map.copyOf(predictions);
    labels = Map.copyOf(labels);
  }

  /**
   * What is measured: an output's labels, ranked by whatever score.
   *
   * @param key {@code output/metric}
   * @param output whose labels count, on the rows that have one
   * @param metric by rank alone
   */
  public record Goal(String key, String output, Metric metric) {}

  /** The figure of rows that are ranked by these scores [n]; empty if it is not defined. */
  public OptionalDouble figure(Goal goal, double[] scores) {
    LabelColumn labels = this.labels.get(goal.output());
    int[] rows = IntStream.range(0, labels.size()).filter(row -> labels.mask()[row]).toArray();
    return goal.metric()
        .compute(
            new EvaluationRows(
                IntStream.of(rows).mapToDouble(row -> scores[row]).toArray(),
                1,
                IntStream.of(rows).mapToDouble(row -> labels.labels()[row]).toArray(),
                IntStream.of(rows).mapToDouble(row -> labels.weights()[row]).toArray(),
                groups.map(all -> IntStream.of(rows).map(row -> all[row]).toArray())));
  }
}
