package org.mtl4j.eval.curve;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.eval.metric.ReliabilityTable;
import org.mtl4j.eval.report.Axis;
import org.mtl4j.eval.report.Chart;
import org.mtl4j.eval.report.LineChart;
import org.mtl4j.eval.report.LineChart.Point;
import org.mtl4j.eval.report.LineChart.Series;
import org.mtl4j.eval.report.LineChart.Style;

/**
 * Whether a binary output's probabilities come true: fifteen bins of as much weight each, of each
 * the mean prediction to the right and the share of positives upwards ({@link ReliabilityTable}).
 * The axes end where the points do, so that rare events are seen.
 */
public final class ReliabilityDiagram {
  private static final int BINS = 15;

  private ReliabilityDiagram() {}

  /** The bins of an output's rows; none where nothing weighs anything. */
  public static ReliabilityTable table(EvaluationRows rows) {
    return ReliabilityTable.ofEqualWeight(rows, BINS);
  }

  /**
   * The diagram of one output, or of several states of it.
   *
   * @param curves the bins of each by its name, in the order of drawing
   * @return empty where one has no bins
   */
  public static Optional<Chart> of(String title, Map<String, ReliabilityTable> curves) {
    if (curves.values().stream().anyMatch(table -> table.bins().isEmpty())) {
      return Optional.empty();
    }
    List<Series> series = new ArrayList<>();
    double most = 0;
    for (Map.Entry<String, ReliabilityTable> curve : curves.entrySet()) {
      List<Point> points =
          curve.getValue().bins().stream()
              .map(bin -> Point.of(bin.meanPrediction(), bin.rate()))
              .toList();
      series.add(new Series(curve.getKey(), Style.MARKED, points));
      most = Math.max(most, points.get(points.size() - 1).x());
    }
    series.add(
        new Series("agreement", Style.REFERENCE, List.of(Point.of(0, 0), Point.of(most, most))));
    return Optional.of(
        new LineChart(
            new Chart.Caption(
                title,
                "How often it happened where so much was predicted; on the broken line both agree."),
            Axis.of("mean prediction"),
            Axis.of("share of positives"),
            series));
  }
}
