package org.mtl4j.experiment.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mtl4j.core.config.Default;

/**
 * Which state of a run is kept, by exactly one of {@code metric}, {@code metrics} and {@code
 * pareto}, and when to stop.
 *
 * @param metric key of a validation metric, say {@code income/auc}
 * @param metrics keys of validation metrics with their weights in a sum, in which those where lower
 *     is better count with a minus
 * @param pareto keys of validation metrics of which each counts by itself: states are kept as long
 *     as no other one is as good in all
 * @param keep number of such states whose checkpoints are kept at most; by default 5
 * @param patience epochs without gain after which the run stops; empty: it never does
 * @param minGain by how much more than that the metric, or the sum, has to gain; by default 0
 */
public record EarlyStoppingConfig(
    Optional<String> metric,
    Optional<Map<String, Double>> metrics,
    Optional<List<String>> pareto,
    Optional<Integer> keep,
    @Default("2") Optional<Integer> patience,
    Optional<Double> minGain) {
  private static final int KEEP = 5;

  /**
   * Checks which keys are there, and the ranges.
   *
   * @throws IllegalArgumentException if it is not one rule, a key belongs to another one, or a
   *     number is out of its range
   */
  public EarlyStoppingConfig {
    List<String> rules =
        Stream.of(metric.map(m -> "metric"), metrics.map(m -> "metrics"), pareto.map(p -> "pareto"))
            .flatMap(Optional::stream)
            .toList();
    if (rules.size() != 1) {
      throw new IllegalArgumentException(
          "expected one of metric, metrics and pareto, found "
              + (rules.isEmpty() ? "none" : String.join(" and ", rules)));
    }
    if (keep.isPresent() && pareto.isEmpty()) {
      throw new IllegalArgumentException(
          "keep: expected it with pareto only, found it with " + rules.get(0));
    }
    if (minGain.isPresent() && pareto.isPresent()) {
      throw new IllegalArgumentException(
          "min_gain: expected it with metric or metrics, found it with pareto");
    }
    if (patience.orElse(1) < 1) {
      throw new IllegalArgumentException(
          "patience: expected at least 1, or null for never, found " + patience.orElseThrow());
    }
    checkRanges(metrics.orElse(Map.of()), keep.orElse(1), minGain.orElse(0.0));
  }

  private static void checkRanges(Map<String, Double> weights, int keep, double minGain) {
    weights.forEach(
        (key, weight) -> {
          if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException(
                "metrics: expected weights above 0, found %s for %s".formatted(weight, key));
          }
        });
    if (keep < 1) {
      throw new IllegalArgumentException("keep: expected at least 1, found " + keep);
    }
    if (!(minGain >= 0) || Double.isInfinite(minGain)) {
      throw new IllegalArgumentException("min_gain: expected a number from 0, found " + minGain);
    }
  }

  /** The metrics that it asks for, in their order. */
  public List<String> keys() {
    return metric
        .map(List::of)
        .or(() -> metrics.map(m -> List.copyOf(m.keySet())))
        .or(() -> pareto)
        .orElseThrow();
  }

  /** The key of the rule that it is. */
  public String rule() {
    return metric.isPresent() ? "metric" : metrics.isPresent() ? "metrics" : "pareto";
  }

  /** The number of states that are kept at most, where that is asked for. */
  public int kept() {
    return keep.orElse(KEEP);
  }

  /** The same with its rule's defaults filled in. */
  EarlyStoppingConfig resolved() {
    return new EarlyStoppingConfig(
        metric,
        metrics,
        pareto,
        pareto.map(p -> kept()),
        patience,
        pareto.isPresent() ? minGain : minGain.or(() -> Optional.of(0.0)));
  }
}
