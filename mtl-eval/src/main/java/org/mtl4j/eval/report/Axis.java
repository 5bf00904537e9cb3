package org.mtl4j.eval.report;

import java.util.Optional;

/**
 * An axis of numbers.
 *
 * @param title what it measures, with its unit
 * @param range where it begins and ends; empty: as the values ask for
 * @param logarithmic whether equal distances are equal ratios
 */
public record Axis(String title, Optional<Range> range, boolean logarithmic) {
  /**
   * From where to where an axis goes.
   *
   * @param from its first value
   * @param to its last value
   */
  public record Range(double from, double to) {}

  /** An axis as long as the values ask for. */
  public static Axis of(String title) {
    return new Axis(title, Optional.empty(), false);
  }

  /** An axis from 0 to 1. */
  public static Axis unit(String title) {
    return new Axis(title, Optional.of(new Range(0, 1)), false);
  }
}
