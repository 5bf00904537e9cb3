package org.mtl4j.experiment.explain;

import java.util.List;
import java.util.Optional;

/**
 * Which row is to be explained.
 *
 * @param row its number, from 0, among the rows
 * @param files rows in the format of the run's source; none: the run's test rows
 * @param outputs names of outputs; none: all of them
 * @param className which class of a multiclass or multilabel output; empty: the likeliest of the
 *     row
 * @param steps of the integral to begin with
 */
public record RowRequest(
    long row, List<String> files, List<String> outputs, Optional<String> className, int steps) {
  /** Steps where nothing else is said. */
  public static final int STEPS = 64;

  /** Copies the lists. */
  public RowRequest {
    files = List.copyOf(files);
    outputs = List.copyOf(outputs);
  }

  /** All outputs for one of the run's test rows. */
  public static RowRequest of(long row) {
    return new RowRequest(row, List.of(), List.of(), Optional.empty(), STEPS);
  }
}
