package org.mtl4j.eval.curve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.eval.metric.ClassProbabilities;
import org.mtl4j.eval.report.Axis;
import org.mtl4j.eval.report.Chart;
import org.mtl4j.eval.report.HeatMap;

/**
 * Which classes of a multiclass output are taken for which: of each class's rows, a row of the map,
 * the share whose most probable class was that of the column. No map of more than 30 classes, which
 * nobody could read.
 */
final class Confusion {
  private static final int READABLE = 30;

  private Confusion() {}

  static Optional<Chart> of(String output, List<String> classes, EvaluationRows rows) {
    int n = classes.size();
    if (n > READABLE || rows.size() == 0) {
      return Optional.empty();
    }
    double[][] weights = new double[n][n];
    for (int row = 0; row < rows.size(); row++) {
      weights[(int) rows.labels().get(row)][ClassProbabilities.mostProbable(rows, row)] +=
          rows.weight(row);
    }
    List<HeatMap.Row> lines = new ArrayList<>();
    for (int c = 0; c < n; c++) {
      double total = Arrays.stream(weights[c]).sum();
      double[] ofClass = weights[c];
      lines.add(
          new HeatMap.Row(
              classes.get(c),
              IntStream.range(0, n)
                  .mapToObj(to -> total > 0 ? ofClass[to] / total : Double.NaN)
                  .toList()));
    }
    return Optional.of(
        new HeatMap(
            new Chart.Caption(
                output + ": classes",
                "Of the rows of a class (down), the share that was taken for each (across)."),
            classes,
            lines,
            new Axis.Range(0, 1)));
  }
}
