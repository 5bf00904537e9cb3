package org.mtl4j.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.mtl4j.eval.interval.Difference;
import org.mtl4j.eval.interval.Interval;
import org.mtl4j.experiment.compare.Comparison;
import org.mtl4j.experiment.compare.Comparison.Cost;
import org.mtl4j.experiment.compare.Comparison.Entry;
import org.mtl4j.experiment.compare.Comparison.Figure;

/** A comparison as JSON. */
final class ComparisonJson {
  private ComparisonJson() {}

  static Map<String, Object> of(Comparison comparison) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("baseline", comparison.baseline());
    json.put("figures", comparison.figures().stream().map(ComparisonJson::json).toList());
    json.put("costs", comparison.costs().stream().map(ComparisonJson::json).toList());
    return json;
  }

  private static Map<String, Object> json(Figure figure) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("output", figure.output());
    json.put("metric", figure.metric());
    json.put("higher_is_better", figure.higherIsBetter());
    json.put("rows", figure.rows());
    json.put("winner", figure.winner().orElse(null));
    json.put("runs", figure.entries().stream().map(ComparisonJson::json).toList());
    return json;
  }

  private static Map<String, Object> json(Entry entry) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", entry.run());
    json.put("value", orNull(entry.value()));
    json.put("interval", entry.interval().map(ComparisonJson::pair).orElse(null));
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
    json.put("examples_per_second", orNull(cost.timing().examplesPerSecond()));
    json.put("trained_on", cost.timing().machines());
    json.put("ms_per_100_rows", cost.latencyMillis());
    return json;
  }

  private static Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static List<Double> pair(Interval interval) {
    return List.of(interval.low(), interval.high());
  }
}
