package org.mtl4j.experiment.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.config.Default;

/**
 * Whether a model treats groups of users or items alike: {@code evaluation.fairness}.
 *
 * @param column whose values are the protected groups; no feature needs to read it
 * @param limit how many of the most frequent values are groups of their own, 1 to 1000
 * @param places of a ranking that anybody sees, at least 1; empty: all
 * @param thresholds per binary output from which score on a row is predicted positive; 0.5 for one
 *     that is not there
 */
public record FairnessConfig(
    String column,
    @Default("10") int limit,
    Optional<Integer> places,
    @Default("{}") Map<String, Double> thresholds) {
  private static final double USUAL = 0.5;

  /**
   * Copies the map and checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public FairnessConfig {
    thresholds = Collections.unmodifiableMap(new LinkedHashMap<>(thresholds));
    new SliceRule.Value(column, limit);
    if (places.filter(last -> last < 1).isPresent()) {
      throw new IllegalArgumentException("places: expected at least 1, found " + places.get());
    }
    if (thresholds.values().stream().anyMatch(at -> !(at >= 0 && at <= 1))) {
      throw new IllegalArgumentException("thresholds: expected 0 to 1, found " + thresholds);
    }
  }

  /** How rows are parted into the protected groups. */
  public SliceRule rule() {
    return new SliceRule.Value(column, limit);
  }

  /** From which score on a row of an output is predicted positive. */
  public double threshold(String output) {
    return thresholds.getOrDefault(output, USUAL);
  }
}
