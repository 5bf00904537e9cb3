package org.mtl4j.core.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The losses of one step.
 *
 * @param total what was minimised
 * @param tasks per task its mean loss over the rows of the batch that have a say, 0 when none has
 * @param weights per task what its mean loss counts in what tasks share: its {@code loss_weight}
 *     times the weight that the balancing method gave; empty for a method that knows no such number
 */
public record StepLosses(double total, Map<String, Double> tasks, Map<String, Double> weights) {
  /** Copies the maps, keeping their order. */
  public StepLosses {
    tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
  }
}
