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
 * The ROC curve of a binary output: for each threshold the share of negatives at or above it to the
 * right, that of positives upwards (Fawcett, Pattern Recognition Letters 27(8), 2006). The area
 * below it is the AUC; tied scores make a slope, which counts their pairs one half.
 */
final class RocCurve {
  private RocCurve() {}

  static Optional<Chart> of(String output, EvaluationRows rows) {
    ClassWeights weights = ClassWeights.of(rows);
    if (!weights.areBoth()) {
      return Optional.empty();
    }
    return Optional.of(
        new LineChart(
            new Chart.Caption(
                output + ": ROC",
                "Positives caught for negatives let in; the broken line is chance."),
            Axis.unit("false positive rate"),
            Axis.unit("true positive rate"),
            List.of(
                new Series(output, Style.LINE, points(rows, weights)),
                new Series("chance", Style.REFERENCE, List.of(Point.of(0, 0), Point.of(1, 1))))));
  }

  private static List<Point> points(EvaluationRows rows, ClassWeights weights) {
    Trace trace = new Trace();
    trace.add(0, 0);
    rows.byFallingScore(
        new ScoreVisitor() {
          private double positivesAbove;
          private double negativesAbove;

          @Override
          public void visit(double score, double positives, double negatives) {
            positivesAbove += positives;
            negativesAbove += negatives;
            trace.add(negativesAbove / weights.negatives(), positivesAbove / weights.positives());
          }
        });
    return trace.end();
  }
}
