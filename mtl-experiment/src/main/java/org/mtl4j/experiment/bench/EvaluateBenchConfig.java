package org.mtl4j.experiment.bench;

import java.nio.file.Path;

/**
 * The size of a benchmark of metrics.
 *
 * @param rows that are measured
 * @param users that they belong to
 * @param replicates of a bootstrap over users, of all the metrics; 0 makes none
 * @param folder where the file for another program goes while it runs, 5 bytes a row
 * @param rounds how often everything is measured, and by turns with what
 */
public record EvaluateBenchConfig(int rows, int users, int replicates, Path folder, Rounds rounds) {
  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException naming what was expected and what was found
   */
  public EvaluateBenchConfig {
    if (rows < 1000 || rows > 1_000_000_000) {
      throw new IllegalArgumentException(
          "rows: expected a number from 1000 to 1,000,000,000, found " + rows);
    }
    if (users < 1 || users > rows) {
      throw new IllegalArgumentException(
          "users: expected a number from 1 to that of the rows, found " + users);
    }
    if (replicates < 0) {
      throw new IllegalArgumentException("replicates: expected at least 0, found " + replicates);
    }
  }
}
