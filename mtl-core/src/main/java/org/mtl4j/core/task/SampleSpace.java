package org.mtl4j.core.task;

import java.util.Optional;

/**
 * The rows that a task speaks about.
 *
 * @param where true inside; a row for which it is false or missing has no say in the task. Empty:
 *     all rows
 * @param window a row younger than this has no say, as its label is not known yet. Empty: all are
 *     known
 */
public record SampleSpace(Optional<Expression> where, Optional<LabelWindow> window) {
  /** Rows whose labels are known. */
  public SampleSpace(Optional<Expression> where) {
    this(where, Optional.empty());
  }

  /** All rows. */
  public static SampleSpace everywhere() {
    return new SampleSpace(Optional.empty());
  }
}
