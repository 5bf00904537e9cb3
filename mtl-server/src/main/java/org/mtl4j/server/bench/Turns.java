package org.mtl4j.server.bench;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Several sides that were measured by turns.
 *
 * @param sides by name, in the order of their turns, what each came to in each round
 */
public record Turns(Map<String, List<LoadFigures>> sides) {
  /** Copies the map. */
  public Turns {
    Map<String, List<LoadFigures>> copy = new LinkedHashMap<>();
    sides.forEach((name, figures) -> copy.put(name, List.copyOf(figures)));
    sides = Collections.unmodifiableMap(copy);
  }

  /** The median over the rounds of a side's figure. */
  public double median(String side, ToDoubleFunction<LoadFigures> figure) {
    return median(sides.get(side).stream().mapToDouble(figure).toArray());
  }

  /** The median over the rounds of the ratio between two sides' figures. */
  public double medianRatio(String side, String to, ToDoubleFunction<LoadFigures> figure) {
    List<LoadFigures> these = sides.get(side);
    List<LoadFigures> those = sides.get(to);
    double[] ratios = new double[these.size()];
    for (int round = 0; round < ratios.length; round++) {
      ratios[round] =
          figure.applyAsDouble(these.get(round)) / figure.applyAsDouble(those.get(round));
    }
    return median(ratios);
  }

  /** How many requests failed, on all sides. */
  public long failed() {
    return sides.values().stream()
        .flatMap(List::stream)
        .mapToLong(figures -> figures.count(Outcome.FAILED) + figures.count(Outcome.UNSENT))
        .sum();
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
