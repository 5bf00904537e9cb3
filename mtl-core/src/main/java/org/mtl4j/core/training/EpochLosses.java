package org.mtl4j.core.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The losses of an epoch's steps so far, summed in their order. They are part of a checkpoint, so
 * that the means of an epoch that was interrupted are those of all its steps.
 *
 * @param batches number of steps
 * @param total sum of what was minimised
 * @param tasks per task the sum of its losses
 */
public record EpochLosses(int batches, double total, Map<String, Double> tasks) {
  /** Copies the map, keeping its order. */
  public EpochLosses {
    tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
  }

  /** No step yet. */
  public static EpochLosses none() {
    return new EpochLosses(0, 0, Map.of());
  }

  /** With one step more. */
  EpochLosses plus(StepLosses losses) {
    Map<String, Double> sums = new LinkedHashMap<>(tasks);
    losses.tasks().forEach((task, loss) -> sums.merge(task, loss, Double::sum));
    return new EpochLosses(batches + 1, total + losses.total(), sums);
  }

  /** The means over the steps. */
  StepLosses means() {
    int n = Math.max(1, batches);
    Map<String, Double> means = new LinkedHashMap<>();
    tasks.forEach((task, sum) -> means.put(task, sum / n));
    return new StepLosses(total / n, means);
  }
}
