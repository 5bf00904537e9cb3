package org.mtl4j.eval.interval;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The intervals of the figures of one evaluation.
 *
 * @param outputs per output and metric, in the order measured; empty where there is no interval to
 *     give
 */
public record IntervalReport(Map<String, Map<String, Optional<Interval>>> outputs) {
  /** Copies the maps, keeping their order. */
  public IntervalReport {
    Map<String, Map<String, Optional<Interval>>> copy = new LinkedHashMap<>();
    outputs.forEach(
        (output, intervals) ->
            copy.put(output, Collections.unmodifiableMap(new LinkedHashMap<>(intervals))));
    outputs = Collections.unmodifiableMap(copy);
  }

  /**
   * The interval of an output's metric; empty where there is none to give.
   *
   * @throws NullPointerException if nothing was measured under these names
   */
  public Optional<Interval> get(String output, String metric) {
    return Objects.requireNonNull(Objects.requireNonNull(outputs.get(output), output).get(metric));
  }
}
