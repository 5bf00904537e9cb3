package org.mtl4j.cli.console;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Metrics as a table: a row an output (or whatever they are of), a column a metric. */
public final class MetricTable {
  private MetricTable() {}

  /**
   * The table's lines. A metric that an output does not have is left blank; one that is not defined
   * over the rows is {@code -}.
   *
   * @param head what the rows are called
   * @param metrics output to metric to number, null where it is not defined
   */
  public static List<String> lines(String head, Map<String, Map<String, Double>> metrics) {
    return lines(head, metrics, Map.of());
  }

  /**
   * The same with intervals behind the figures: {@code 0.9501 [0.9482, 0.9519]}.
   *
   * @param intervals output to metric to lower and upper bound; nothing is said where there is none
   */
  public static List<String> lines(
      String head,
      Map<String, Map<String, Double>> metrics,
      Map<String, Map<String, List<Double>>> intervals) {
    Set<String> keys = new LinkedHashSet<>();
    metrics.values().forEach(values -> keys.addAll(values.keySet()));
    List<String> heads = new ArrayList<>(List.of(head));
    heads.addAll(keys);
    TextTable table = new TextTable(heads);
    metrics.forEach(
        (output, values) -> {
          List<String> row = new ArrayList<>(List.of(output));
          Map<String, List<Double>> bounds = intervals.getOrDefault(output, Map.of());
          keys.forEach(
              key ->
                  row.add(values.containsKey(key) ? cell(values.get(key), bounds.get(key)) : ""));
          table.row(row);
        });
    return table.lines();
  }

  /**
   * The figures of one output, a row a metric: figure and interval.
   *
   * @param metrics metric to number, null where it is not defined
   * @param intervals metric to lower and upper bound; nothing is said where there is none
   */
  public static List<String> lines(
      Map<String, Double> metrics, Map<String, List<Double>> intervals) {
    TextTable table = new TextTable(List.of("metric", "value"));
    metrics.forEach((key, value) -> table.row(List.of(key, cell(value, intervals.get(key)))));
    return table.lines();
  }

  private static String cell(Double value, List<Double> bounds) {
    if (value == null) {
      return "-";
    }
    String figure = String.format(Locale.ROOT, "%.4f", value);
    return bounds == null
        ? figure
        : figure + String.format(Locale.ROOT, " [%.4f, %.4f]", bounds.get(0), bounds.get(1));
  }
}
