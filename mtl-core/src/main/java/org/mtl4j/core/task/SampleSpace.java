package org.mtl4j.core.task;

import java.util.Optional;

/**
 * The rows that a task speaks about.
 *
 * @param where true inside; a row for which it is false or missing has no say in the task. Empty:
 *     all rows
 */
public record SampleSpace(Optional<Expression> where) {
  /** All rows. */
  public static SampleSpace everywhere() {
    return new SampleSpace(Optional.empty());
  }
}
