package org.mtl4j.experiment.config;

import org.mtl4j.core.config.Default;

/**
 * What exports hold besides the model.
 *
 * @param warmupRows rows of the training data at most in the requests that a server warms up with;
 *     0: there are no such requests
 */
public record ExportConfig(@Default("128") int warmupRows) {
  /** As many rows as are kept for an export's certificate, of which these are some. */
  private static final int MOST = 256;

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is negative, or more than there are
   */
  public ExportConfig {
    if (warmupRows < 0 || warmupRows > MOST) {
      throw new IllegalArgumentException(
          "warmup_rows: expected 0 to %d, found %d".formatted(MOST, warmupRows));
    }
  }
}
