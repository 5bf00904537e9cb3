package org.mtl4j.experiment.bench;

import java.util.Optional;

/**
 * How often something is measured.
 *
 * @param number at least 1
 * @param peer a command of the shell that does alike with the file {@code $FILE} and prints its
 *     seconds as the last line; it goes before each round
 */
public record Rounds(int number, Optional<String> peer) {
  /** Once, against nobody. */
  public static final Rounds ONE = new Rounds(1, Optional.empty());

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public Rounds {
    if (number < 1) {
      throw new IllegalArgumentException("rounds: expected at least 1, found " + number);
    }
  }
}
