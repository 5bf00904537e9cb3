package org.mtl4j.experiment.lint;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.schema.NumberFeature;
import org.mtl4j.eval.metric.Auc;

/**
 * How well one feature alone ranks the rows of a binary task: the area under the ROC curve. A
 * number ranks by itself, rising or falling, so that its area is in [0.5, 1], a missing one below
 * all others. A category ranks by the share of positives among the rows of its value that are
 * <em>not</em> of the row's own half of the sample (by hash), so that an id with a row of its own,
 * which says all about that row and nothing about another, is no leak; the mean of both halves'
 * areas, in [0, 1].
 *
 * @param sample the rows
 * @param feature its index in the sample
 * @param task its index in the sample
 */
record FeatureArea(RowSample sample, int feature, int task) {
  /** Of fewer rows of a class, or fewer in a half, an area says little. */
  private static final int LEAST = 10;

  /** The area; empty where one of the classes has too few rows. */
  OptionalDouble compute() {
    List<RowSample.Row> rows =
        sample.rows().stream().filter(row -> row.labels()[task] != BinaryTask.NO_SAY).toList();
    if (sample.features().get(feature) instanceof NumberFeature) {
      OptionalDouble area = area(rows, rows.stream().mapToDouble(this::number).toArray());
      return area.isPresent()
          ? OptionalDouble.of(Math.max(area.getAsDouble(), 1 - area.getAsDouble()))
          : area;
    }
    List<RowSample.Row> left = rows.stream().filter(row -> (row.key() & 1) == 0).toList();
    List<RowSample.Row> right = rows.stream().filter(row -> (row.key() & 1) == 1).toList();
    OptionalDouble first = area(right, shares(left, right));
    OptionalDouble second = area(left, shares(right, left));
    return first.isPresent() && second.isPresent()
        ? OptionalDouble.of((first.getAsDouble() + second.getAsDouble()) / 2)
        : OptionalDouble.empty();
  }

  private double number(RowSample.Row row) {
    double number = row.number(feature);
    return Double.isNaN(number) ? Double.NEGATIVE_INFINITY : number;
  }

  /** Per row of one half the share of positives that the other half has of its value. */
  private double[] shares(List<RowSample.Row> learnt, List<RowSample.Row> scored) {
    Map<Long, int[]> counts = new HashMap<>();
    int positives = 0;
    for (RowSample.Row row : learnt) {
      int[] count = counts.computeIfAbsent(row.cells()[feature], value -> new int[2]);
      count[row.labels()[task]]++;
      positives += row.labels()[task];
    }
    double all = positives / (double) Math.max(1, learnt.size());
    int[] none = new int[2];
    return scored.stream()
        .mapToDouble(
            row -> {
              int[] count = counts.getOrDefault(row.cells()[feature], none);
              // One row more with the share of all: of a value seen once little is known.
              return (count[1] + all) / (count[0] + count[1] + 1);
            })
        .toArray();
  }

  private OptionalDouble area(List<RowSample.Row> rows, double[] scores) {
    double[] labels = rows.stream().mapToDouble(row -> row.labels()[task]).toArray();
    double positives = Arrays.stream(labels).sum();
    if (positives < LEAST || labels.length - positives < LEAST) {
      return OptionalDouble.empty();
    }
    double[] weights = new double[labels.length];
    Arrays.fill(weights, 1);
    return new Auc().compute(new EvaluationRows(scores, 1, labels, weights, Optional.empty()));
  }
}
