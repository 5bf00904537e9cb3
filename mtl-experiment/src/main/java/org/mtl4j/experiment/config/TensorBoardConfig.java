package org.mtl4j.experiment.config;

import org.mtl4j.core.config.Default;

/**
 * What is written for TensorBoard. Training does not depend on it.
 *
 * @param enabled whether anything is
 * @param every losses and weights of one step in so many
 */
public record TensorBoardConfig(@Default("true") boolean enabled, @Default("100") int every) {
  /**
   * Checks the number of steps.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public TensorBoardConfig {
    if (every < 1) {
      throw new IllegalArgumentException("every: expected at least 1, found " + every);
    }
  }
}
