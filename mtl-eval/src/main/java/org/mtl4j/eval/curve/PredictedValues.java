package org.mtl4j.eval.curve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Ranking;
import org.mtl4j.eval.report.Axis;
import org.mtl4j.eval.report.Chart;
import org.mtl4j.eval.report.LineChart;
import org.mtl4j.eval.report.LineChart.Point;
import org.mtl4j.eval.report.LineChart.Series;
import org.mtl4j.eval.report.LineChart.Style;

/**
 * What came of a regression output's predictions: the rows in twenty parts of as many rows each, by
 * prediction, and of each part the mean prediction to the right and the mean label upwards. Rows of
 * equal predictions stay together.
 */
final class PredictedValues {
  private static final int PARTS = 20;

  private PredictedValues() {}

  static Optional<Chart> of(String output, EvaluationRows rows) {
    List<Point> points = points(rows);
    if (points.isEmpty()) {
      return Optional.empty();
    }
    double least = points.get(points.size() - 1).x();
    double most = points.get(0).x();
    return Optional.of(
        new LineChart(
            new Chart.Caption(
                output + ": predicted and seen",
                "Means of twenty parts of the rows, by prediction; on the broken line both agree."),
            Axis.of("mean prediction"),
            Axis.of("mean label"),
            List.of(
                new Series(output, Style.MARKED, points),
                new Series(
                    "agreement",
                    Style.REFERENCE,
                    List.of(Point.of(least, least), Point.of(most, most))))));
  }

  /** From the highest predictions to the lowest. */
  private static List<Point> points(EvaluationRows rows) {
    Ranking ranking = rows.ranking();
    List<Point> points = new ArrayList<>();
    double weight = 0;
    double predictions = 0;
    double labels = 0;
    for (int start = 0, end; start < ranking.size(); start = end) {
      end = ranking.endOfTie(start);
      for (int i = start; i < end; i++) {
        int row = ranking.row(i);
        weight += rows.weight(row);
        predictions += rows.weight(row) * rows.predictions().get(row);
        labels += rows.weight(row) * rows.labels().get(row);
      }
      boolean full = (long) end * PARTS >= (points.size() + 1L) * ranking.size();
      if (full && weight > 0) {
        points.add(Point.of(predictions / weight, labels / weight));
        weight = 0;
        predictions = 0;
        labels = 0;
      }
    }
    return points;
  }
}
