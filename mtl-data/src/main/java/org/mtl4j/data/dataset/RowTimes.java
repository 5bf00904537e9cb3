package org.mtl4j.data.dataset;

import java.util.Optional;
import org.mtl4j.core.config.Default;

/**
 * When rows happened and when the data end: the keys of {@code data.time}.
 *
 * @param column where the time stands, in any form that a split by time takes
 * @param end when the data end, written as the column is or as a date; by default the latest time
 *     of any row that is kept
 * @param unit of times that are numbers
 */
public record RowTimes(String column, Optional<String> end, @Default("seconds") Unit unit) {
  /** Of times that are numbers; ISO 8601 needs none. */
  public enum Unit {
    /** Seconds. */
    SECONDS(1),
    /** Thousandths of a second. */
    MILLISECONDS(1e-3);

    private final double inSeconds;

    Unit(double inSeconds) {
      this.inSeconds = inSeconds;
    }

    /** How many seconds one is. */
    double inSeconds() {
      return inSeconds;
    }
  }
}
