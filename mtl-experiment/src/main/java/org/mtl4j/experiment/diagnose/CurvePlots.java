package org.mtl4j.experiment.diagnose;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mtl4j.eval.report.Axis;
import org.mtl4j.eval.report.Chart;
import org.mtl4j.eval.report.Element;
import org.mtl4j.eval.report.LineChart;
import org.mtl4j.eval.report.LineChart.Point;
import org.mtl4j.eval.report.LineChart.Series;

/** The epochs of each task, learnt together and alone, to look at. */
final class CurvePlots {
  private final List<Evidence.TaskEvidence> tasks;

  CurvePlots(List<Evidence.TaskEvidence> tasks) {
    this.tasks = tasks;
  }

  List<Element> elements() {
    List<Element> elements = new ArrayList<>();
    for (Evidence.TaskEvidence task : tasks) {
      elements.add(
          chart(
              "Training loss of " + task.name(),
              task.together().training(),
              task.alone().map(Evidence.TaskCurve::training)));
      task.together()
          .metric()
          .ifPresent(
              metric ->
                  elements.add(
                      chart(
                          "Validation " + metric + " of " + task.name(),
                          task.together().validation(),
                          task.alone().map(Evidence.TaskCurve::validation))));
    }
    return elements;
  }

  private static Chart chart(String title, List<Double> together, Optional<List<Double>> alone) {
    List<Series> series = new ArrayList<>();
    series.add(new Series(Examination.TOGETHER, LineChart.Style.MARKED, points(together)));
    alone.ifPresent(
        values ->
            series.add(new Series(Examination.ALONE, LineChart.Style.REFERENCE, points(values))));
    return new LineChart(
        new Chart.Caption(title, "After each epoch, learnt with the other tasks and alone."),
        Axis.of("epoch"),
        Axis.of(title),
        series);
  }

  private static List<Point> points(List<Double> values) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      points.add(Point.of(i + 1, values.get(i)));
    }
    return points;
  }
}
