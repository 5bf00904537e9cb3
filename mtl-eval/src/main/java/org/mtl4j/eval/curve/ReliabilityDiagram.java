package org.mtl4j.eval.curve;

import java.util.List;
import java.util.Optional;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.eval.metric.ReliabilityTable;
import org.mtl4j.eval.metric.ReliabilityTable.Bin;
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
final class ReliabilityDiagram {
  private static final int BINS = 15;

  private ReliabilityDiagram() {}

  static Optional<Chart> of(String output, EvaluationRows rows) {
    List<Bin> bins = ReliabilityTable.ofEqualWeight(rows, BINS).bins();
    if (bins.isEmpty()) {
      return Optional.empty();
    }
    double most = bins.get(bins.size() - 1).meanPrediction();
    return Optional.of(
        new LineChart(
            new Chart.Caption(
                output + ": reliability",
                "How often it happened where so much was predicted; on the broken line both agree."),
            Axis.of("mean prediction"),
            Axis.of("share of positives"),
            List.of(
                new Series(
                    output,
                    Style.MARKED,
                    bins.stream().map(bin -> Point.of(bin.meanPrediction(), bin.rate())).toList()),
                new Series(
                    "agreement", Style.REFERENCE, List.of(Point.of(0, 0), Point.of(most, most))))));
  }
}
