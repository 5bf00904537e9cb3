package org.mtl4j.experiment.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.core.training.StepLosses;
import org.mtl4j.eval.interval.IntervalReport;

/** Reports as the maps that JSON files are made of: output, metric, number; not defined is null. */
public final class MetricMaps {
  private MetricMaps() {}

  /** A report as output to metric to number. */
  public static Map<String, Map<String, Double>> of(MetricReport report) {
    Map<String, Map<String, Double>> outputs = new LinkedHashMap<>();
    report
        .outputs()
        .forEach(
            (output, metrics) -> {
              Map<String, Double> values = new LinkedHashMap<>();
              metrics
                  .values()
                  .forEach(
                      (key, value) ->
                          values.put(key, value.isPresent() ? value.getAsDouble() : null));
              outputs.put(output, values);
            });
    return outputs;
  }

  /** Intervals as output to metric to lower and upper bound; where there is none null. */
  public static Map<String, Map<String, List<Double>>> of(IntervalReport report) {
    Map<String, Map<String, List<Double>>> outputs = new LinkedHashMap<>();
    report
        .outputs()
        .forEach(
            (output, intervals) -> {
              Map<String, List<Double>> bounds = new LinkedHashMap<>();
              intervals.forEach(
                  (key, interval) ->
                      bounds.put(key, interval.map(i -> List.of(i.low(), i.high())).orElse(null)));
              outputs.put(output, bounds);
            });
    return outputs;
  }

  /**
   * Losses as {@code {"loss": total, "tasks": {task: loss}, "weights": {task: weight}}}; without
   * weights where the method knows none.
   */
  public static Map<String, Object> of(StepLosses losses) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("loss", losses.total());
    map.put("tasks", losses.tasks());
    if (!losses.weights().isEmpty()) {
      map.put("weights", losses.weights());
    }
    return map;
  }
}
