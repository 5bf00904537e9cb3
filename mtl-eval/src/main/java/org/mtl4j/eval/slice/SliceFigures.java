package org.mtl4j.eval.slice;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.mtl4j.eval.interval.Interval;

/**
 * What was measured of an output over the rows of one slice.
 *
 * @param slice its name
 * @param size how many rows it rests on
 * @param figures per metric, in the metrics' order
 */
public record SliceFigures(String slice, Size size, Map<String, Figure> figures) {
  /** Copies the map, keeping its order. */
  public SliceFigures {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  /**
   * How many rows a slice has.
   *
   * @param rows that have a say
   * @param positives those of label 1; empty but for binary outputs
   * @param units groups, or rows where there are no groups
   * @param small whether they are too few to say anything
   */
  public record Size(int rows, OptionalInt positives, int units, boolean small) {}

  /**
   * A metric's figure.
   *
   * @param value over the slice; empty where it is not defined
   * @param interval of 95 %; empty where there is none to give, or nobody asked for it
   * @param difference the slice's value less that of all rows; empty where one is not defined
   */
  public record Figure(
      OptionalDouble value, Optional<Interval> interval, OptionalDouble difference) {}
}
