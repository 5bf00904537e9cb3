package org.mtl4j.experiment.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.eval.report.Axis;
import org.mtl4j.eval.report.Chart;
import org.mtl4j.eval.report.LineChart;
import org.mtl4j.eval.report.LineChart.Point;
import org.mtl4j.eval.report.LineChart.Series;
import org.mtl4j.eval.report.LineChart.Style;

/** Figures by name and epoch, as one plot: a curve a name, parted where an epoch has none. */
final class EpochCurves {
  private static final Axis EPOCH = Axis.of("epoch");

  private final Map<String, Map<Integer, Double>> curves = new LinkedHashMap<>();

  /** Takes a figure; one that is no number parts the curve. */
  void put(String name, int epoch, JsonNode value) {
    curves
        .computeIfAbsent(name, n -> new LinkedHashMap<>())
        .put(epoch, value.isNumber() ? value.doubleValue() : Double.NaN);
  }

  boolean isEmpty() {
    return curves.isEmpty();
  }

  /** Whether no figure changes from one epoch to another. */
  boolean isConstant() {
    return curves.values().stream().allMatch(c -> c.values().stream().distinct().count() < 2);
  }

  int size() {
    return curves.size();
  }

  /** Leaves the curves whose means are lowest. */
  void keepLowest(int most) {
    List<String> others =
        curves.entrySet().stream()
            .sorted(Comparator.comparingDouble(curve -> mean(curve.getValue())))
            .skip(most)
            .map(Map.Entry::getKey)
            .toList();
    others.forEach(curves::remove);
  }

  private static double mean(Map<Integer, Double> curve) {
    return curve.values().stream()
        .mapToDouble(Double::doubleValue)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /**
   * The plot.
   *
   * @param reading how it is to be read
   * @param epochs to this one, from 1
   */
  Chart chart(String title, String reading, int epochs) {
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
}
