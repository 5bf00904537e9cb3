package org.mtl4j.core.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The losses of an epoch's steps so far, summed in their order, and the tasks' weights. They are
 * part of a checkpoint, so that the means of an epoch that was interrupted are those of all its
 * steps.
 *
 * @param batches number of steps
 * @param total sum of what was minimised
 * @param tasks per task the sum of its losses
 * @param weights per task the sum of its weights
 */
public record EpochLosses(
    int batches, double total, Map<String, Double> tasks, Map<String, Double> weights) {
  /** Copies the maps, keeping their order. */
  public EpochLosses {
    tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
  }

  /** No step yet. */
  public static EpochLosses none() {
    return new EpochLosses(0, 0, Map.of(), Map.of());
  }

  /** With one step more. */
  EpochLosses plus(StepLosses losses) {
    return new EpochLosses(
        batches + 1,
        total + losses.total(),
        sums(tasks, losses.tasks()),
        sums(weights, losses.weights()));
  }

  private static Map<String, Double> sums(Map<String, Double> before, Map<String, Double> more) {
    Map<String, Double> sums = new LinkedHashMap<>(before);
    more.forEach((task, value) -> sums.merge(task, value, Double::sum));
    return sums;
  }

  /** The means over the steps. */
  StepLosses means() {
    return new StepLosses(total / Math.max(1, batches), means(tasks), means(weights));
  }

  private Map<String, Double> means(Map<String, Double> sums) {
    Map<String, Double> means = new LinkedHashMap<>();
    sums.forEach((task, sum) -> means.put(task, sum / Math.max(1, batches)));
    return means;
  }
}
