package org.mtl4j.core.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The losses of one step.
 *
 * @param total what was minimised
 * @param tasks per task its mean loss over the rows of the batch that have a say, 0 when none has
 */
public record StepLosses(double total, Map<String, Double> tasks) {
  /** Copies the map, keeping its order. */
  public StepLosses {
    tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
  }
}
