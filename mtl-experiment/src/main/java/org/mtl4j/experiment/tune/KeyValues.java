package org.mtl4j.experiment.tune;

import java.util.List;
import java.util.Optional;
import org.mtl4j.core.config.ConfigNode;
import org.mtl4j.core.config.Default;

/**
 * The values that a key may take: some that are named, or a range.
 *
 * @param values named ones, of any type; empty: there is a range
 * @param from the range's smallest value
 * @param to the range's largest value
 * @param scale of the range
 * @param integer whether the range's values are whole
 * @param steps number of values, at equal distances on the scale, that stand for the range; empty:
 *     all of them
 */
public record KeyValues(
    Optional<List<ConfigNode>> values,
    Optional<Double> from,
    Optional<Double> to,
    @Default("linear") Scale scale,
    @Default("false") boolean integer,
    Optional<Integer> steps) {
  /** Distances of a range. */
  public enum Scale {
    /** Equal distances are equal differences. */
    LINEAR,
    /** Equal distances are equal ratios. */
    LOG
  }

  /**
   * Checks that it is one of the two; a value that is named twice is one.
   *
   * @throws IllegalArgumentException if it is both or neither, has no value, or has bounds that do
   *     not fit
   */
  public KeyValues {
    boolean range = from.isPresent() || to.isPresent();
    if (values.isPresent() == range) {
      throw new IllegalArgumentException(
          "expected either values: [...] or {from: ..., to: ...}, found "
              + (range ? "both" : "neither"));
    }
    if (range && (from.isEmpty() || to.isEmpty())) {
      throw new IllegalArgumentException(
          "expected from and to, found only " + (from.isPresent() ? "from" : "to"));
    }
    if (!range && (integer || steps.isPresent() || scale != Scale.LINEAR)) {
      throw new IllegalArgumentException(
          "expected scale, integer and steps beside from and to, found them beside values");
    }
    if (values.isPresent() && values.get().isEmpty()) {
      throw new IllegalArgumentException("values: expected at least one, found none");
    }
    if (range) {
      new Range(from.get(), to.get(), scale, integer).checkSteps(steps);
    }
    values = values.map(named -> named.stream().distinct().toList());
  }

  /** The range; empty if values are named. */
  Optional<Range> range() {
    return from.map(low -> new Range(low, to.orElseThrow(), scale, integer));
  }
}
