package org.mtl4j.experiment.explain;

import java.util.List;

/**
 * Which importances are wanted.
 *
 * @param files rows in the format of the run's source; none: the run's test rows
 * @param metrics names of metrics; none: the AUC of binary outputs, the RMSE of regressions and the
 *     log loss of others
 * @param rows how many rows are drawn at most, at least 1
 * @param repeats permutations of each column, at least 1
 * @param seed of the drawing and of the permutations
 */
public record ImportanceRequest(
    List<String> files, List<String> metrics, int rows, int repeats, long seed) {
  /** Rows that are drawn where nothing else is said. */
  public static final int ROWS = 10_000;

  /** Permutations where nothing else is said. */
  public static final int REPEATS = 5;

  /** Of the run's test rows. */
  public static final ImportanceRequest DEFAULTS =
      new ImportanceRequest(List.of(), List.of(), ROWS, REPEATS, 1);

  /**
   * Copies the lists and checks the numbers.
   *
   * @throws IllegalArgumentException if there are no rows or no permutations
   */
  public ImportanceRequest {
    files = List.copyOf(files);
    metrics = List.copyOf(metrics);
    if (rows < 1 || repeats < 1) {
      throw new IllegalArgumentException(
          "expected at least 1 row and 1 permutation, found " + rows + " and " + repeats);
    }
  }
}
