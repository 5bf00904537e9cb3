package org.mtl4j.eval.slice;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One output slice by slice: the worst first by its primary figure, behind them slices that are
 * small or where that is not defined, the largest first.
 *
 * @param output its name
 * @param primary the metric that the order goes by: the first measured that judges; empty: none
 *     does
 * @param whole per metric the figure of all rows
 * @param slices each once, also those without a row
 */
public record SlicedOutput(
    String output,
    Optional<Primary> primary,
    Map<String, OptionalDouble> whole,
    List<SliceFigures> slices) {
  /** Copies the containers, keeping their order. */
  public SlicedOutput {
    whole = Collections.unmodifiableMap(new LinkedHashMap<>(whole));
    slices = List.copyOf(slices);
  }

  /**
   * The metric by which a slice is worse than another.
   *
   * @param metric its key
   * @param higherIsBetter its direction
   */
  public record Primary(String metric, boolean higherIsBetter) {}
}
