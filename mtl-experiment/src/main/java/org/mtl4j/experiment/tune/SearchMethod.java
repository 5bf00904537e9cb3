package org.mtl4j.experiment.tune;

import org.mtl4j.core.config.ConfigName;
import org.mtl4j.core.config.Default;

/** How trials are chosen, and how long each is trained. */
public sealed interface SearchMethod {
  /** Each trial draws its values by itself; all are trained to their end. */
  @ConfigName("random")
  record Random() implements SearchMethod {}

  /** Every combination of the keys' values is trained to its end. */
  @ConfigName("grid")
  record Grid() implements SearchMethod {}

  /**
   * Successive halving (Jamieson and Talwalkar, AISTATS 2016): trials are drawn as by {@link
   * Random} and trained for a few epochs; the best {@code 1 / factor} of them goes on for {@code
   * factor} times as many, and so on until {@code training.epochs}.
   *
   * @param factor between one rung and the next, of epochs and of trials
   * @param minEpochs of the first rung
   */
  @ConfigName("halving")
  record Halving(@Default("3") int factor, @Default("1") int minEpochs) implements SearchMethod {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if the factor is below 2 or the first rung has no epoch
     */
    public Halving {
      if (factor < 2) {
        throw new IllegalArgumentException("factor: expected at least 2, found " + factor);
      }
      if (minEpochs < 1) {
        throw new IllegalArgumentException("min_epochs: expected at least 1, found " + minEpochs);
      }
    }
  }
}
