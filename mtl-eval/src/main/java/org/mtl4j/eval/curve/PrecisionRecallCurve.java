package org.mtl4j.eval.curve;

import java.util.List;
import java.util.Optional;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.ScoreVisitor;
import org.mtl4j.eval.metric.ClassWeights;
import org.mtl4j.eval.report.Axis;
import org.mtl4j.eval.report.Chart;
import org.mtl4j.eval.report.LineChart;
import org.mtl4j.eval.report.LineChart.Point;
import org.mtl4j.eval.report.LineChart.Series;
import org.mtl4j.eval.report.LineChart.Style;

/**
 * The precision-recall curve of a binary output: for each threshold the share of positives at or
 * above it to the right, the share of positives among all rows there upwards (Davis and Goadrich,
 * ICML 2006). Where positives are rare it tells models apart that look alike in the ROC curve.
 */
final class PrecisionRecallCurve {
  private PrecisionRecallCurve() {}

  static Optional<Chart> of(String output, EvaluationRows rows) {
    ClassWeights weights = ClassWeights.of(rows);
    if (!weights.areBoth()) {
      return Optional.empty();
    }
    double rate = weights.rate();
    return Optional.of(
        new LineChart(
            new Chart.Caption(
                output + ": precision and recall",
                "How many of the rows above a threshold are positives; the broken line is chance."),
            Axis.unit("recall"),
            Axis.unit("precision"),
            List.of(
                new Series(output, Style.LINE, points(rows, weights.positives())),
                new Series(
                    "chance", Style.REFERENCE, List.of(Point.of(0, rate), Point.of(1, rate))))));
  }

  private static List<Point> points(EvaluationRows rows, double allPositives) {
    Trace trace = new Trace();
    rows.byFallingScore(
        new ScoreVisitor() {
          private double positivesAbove;
          private double above;

          @Override
          public void visit(double score, double positives, double negatives) {
            positivesAbove += positives;
            above += positives + negatives;
            if (above > 0) {
              trace.add(positivesAbove / allPositives, positivesAbove / above);
            }
          }
        });
    return trace.end();
  }
}
