package org.mtl4j.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mtl4j.eval.interval.Difference;
import org.mtl4j.eval.interval.Interval;
import org.mtl4j.experiment.compare.Comparison;
import org.mtl4j.experiment.compare.Comparison.Cost;
import org.mtl4j.experiment.compare.Comparison.Entry;
import org.mtl4j.experiment.compare.Comparison.Figure;

/** A comparison as tables of text, heads first, and as JSON. */
final class ComparisonView {
  private ComparisonView() {}

  /** A row a figure and run. */
  static List<List<String>> figures(Comparison comparison) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("output", "metric", "run", "value", "95 %", "difference", "95 %", "p", "verdict"));
    for (Figure figure : comparison.figures()) {
      for (Entry entry : figure.entries()) {
        Optional<Difference> difference = entry.difference();
        rows.add(
            List.of(
                figure.output(),
                figure.metric(),
                entry.run(),
                entry.value().isPresent() ? number(entry.value().getAsDouble()) : "-",
                entry.interval().map(ComparisonView::bounds).orElse(""),
                difference.map(d -> signed(d.value())).orElse(""),
                difference.map(d -> bounds(d.interval())).orElse(""),
                entry.corrected().isPresent() ? p(entry.corrected().getAsDouble()) : "",
                entry.verdict().words()));
      }
    }
    return rows;
  }

  /** A row a figure. */
  static List<List<String>> winners(Comparison comparison) {
    List<List<String>> rows = new ArrayList<>(List.of(List.of("output", "metric", "winner")));
    for (Figure figure : comparison.figures()) {
      rows.add(
          List.of(figure.output(), figure.metric(), figure.winner().orElse("no difference shown")));
    }
    return rows;
  }

  /** A row a run. */
  static List<List<String>> costs(Comparison comparison) {
    List<List<String>> rows =
        new ArrayList<>(List.of(List.of("run", "parameters", "ms per 100 rows")));
    for (Cost cost : comparison.costs()) {
      rows.add(
          List.of(
              cost.run(),
              cost.parameters().isPresent()
                  ? String.format(Locale.ROOT, "%,d", cost.parameters().getAsLong())
                  : "-",
              String.format(Locale.ROOT, "%.2f", cost.latencyMillis())));
    }
    return rows;
  }

  static Map<String, Object> json(Comparison comparison) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("baseline", comparison.baseline());
    json.put("figures", comparison.figures().stream().map(ComparisonView::json).toList());
    json.put("costs", comparison.costs().stream().map(ComparisonView::json).toList());
    return json;
  }

  private static Map<String, Object> json(Figure figure) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("output", figure.output());
    json.put("metric", figure.metric());
    json.put("higher_is_better", figure.higherIsBetter());
    json.put("rows", figure.rows());
    json.put("winner", figure.winner().orElse(null));
    json.put("runs", figure.entries().stream().map(ComparisonView::json).toList());
    return json;
  }

  private static Map<String, Object> json(Entry entry) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", entry.run());
    json.put("value", orNull(entry.value()));
    json.put("interval", entry.interval().map(ComparisonView::pair).orElse(null));
    json.put("difference", entry.difference().map(Difference::value).orElse(null));
    json.put("difference_interval", entry.difference().map(d -> pair(d.interval())).orElse(null));
    json.put("p", entry.difference().map(Difference::pValue).orElse(null));
    json.put("p_holm", orNull(entry.corrected()));
    json.put("verdict", entry.verdict().words());
    return json;
  }

  private static Map<String, Object> json(Cost cost) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", cost.run());
    json.put("parameters", cost.parameters().isPresent() ? cost.parameters().getAsLong() : null);
    json.put("ms_per_100_rows", cost.latencyMillis());
    return json;
  }

  private static Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static List<Double> pair(Interval interval) {
    return List.of(interval.low(), interval.high());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String signed(double value) {
    return String.format(Locale.ROOT, "%+.4f", value);
  }

  private static String bounds(Interval interval) {
    return "[" + number(interval.low()) + ", " + number(interval.high()) + "]";
  }

  private static String p(double value) {
    return value < 0.0001 ? "< 0.0001" : number(value);
  }
}
