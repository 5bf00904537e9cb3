package org.mtl4j.experiment.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.mtl4j.eval.report.Axis;
import org.mtl4j.eval.report.Chart;
import org.mtl4j.eval.report.Element;
import org.mtl4j.eval.report.LineChart;
import org.mtl4j.eval.report.LineChart.Point;
import org.mtl4j.eval.report.LineChart.Series;
import org.mtl4j.eval.report.LineChart.Style;

/**
 * The epochs of a run as plots: training loss by task, and each validation metric by output. An
 * epoch whose line is missing, and a figure that is not defined, part the line.
 */
final class LearningCurves {
  private static final Axis EPOCH = Axis.of("epoch");

  private LearningCurves() {}

  static List<Element> of(History history) {
    List<Element> plots = new ArrayList<>();
    Map<String, Map<Integer, Double>> losses = new LinkedHashMap<>();
    Map<String, Map<String, Map<Integer, Double>>> metrics = new LinkedHashMap<>();
    history
        .lines()
        .forEach(
            (epoch, line) -> {
              each(line.path("train").path("tasks"), (task, v) -> put(losses, task, epoch, v));
              each(
                  line.path("validation"),
                  (output, figures) ->
                      each(figures, (metric, v) -> put(of(metrics, metric), output, epoch, v)));
            });
    if (!losses.isEmpty()) {
      plots.add(
          chart(
              "Training loss", "Each task's own, before loss weights.", losses, history.epochs()));
    }
    metrics.forEach(
        (metric, outputs) ->
            plots.add(
                chart("Validation: " + metric, "After each epoch.", outputs, history.epochs())));
    return plots;
  }

  private static Map<String, Map<Integer, Double>> of(
      Map<String, Map<String, Map<Integer, Double>>> metrics, String metric) {
    return metrics.computeIfAbsent(metric, m -> new LinkedHashMap<>());
  }

  private static void put(
      Map<String, Map<Integer, Double>> curves, String name, int epoch, JsonNode value) {
    curves
        .computeIfAbsent(name, n -> new LinkedHashMap<>())
        .put(epoch, value.isNumber() ? value.doubleValue() : Double.NaN);
  }

  private static Chart chart(
      String title, String reading, Map<String, Map<Integer, Double>> curves, int epochs) {
    List<Series> series = new ArrayList<>();
    curves.forEach(
        (name, values) -> series.add(new Series(name, Style.MARKED, points(values, epochs))));
    return new LineChart(new Chart.Caption(title, reading), EPOCH, Axis.of(title), series);
  }

  private static List<Point> points(Map<Integer, Double> values, int epochs) {
    List<Point> points = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      points.add(Point.of(epoch, values.getOrDefault(epoch, Double.NaN)));
    }
    return points;
  }

  private static void each(JsonNode object, BiConsumer<String, JsonNode> visitor) {
    object.properties().forEach(field -> visitor.accept(field.getKey(), field.getValue()));
  }
}
