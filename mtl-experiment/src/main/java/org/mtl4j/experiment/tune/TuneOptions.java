package org.mtl4j.experiment.tune;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a tuning is done.
 *
 * @param folder where its trials go
 * @param resume whether to go on with those that are there; otherwise it must be empty
 * @param lint whether the linter looks at the data first, and its errors stop the tuning
 * @param trials how many; empty: as many as a tuning has that is resumed, all of a grid, otherwise
 *     {@value #TRIALS}
 * @param resources what they may take together
 */
public record TuneOptions(
    Path folder, boolean resume, boolean lint, Optional<Integer> trials, Resources resources) {
  /** Number of trials where nothing is said. */
  public static final int TRIALS = 50;

  /**
   * Checks the number of trials.
   *
   * @throws IllegalArgumentException if it is below 1 or above 10,000
   */
  public TuneOptions {
    if (trials.orElse(1) < 1 || trials.orElse(1) > Space.MOST_TRIALS) {
      throw new IllegalArgumentException(
          "trials: expected 1 to %d, found %d".formatted(Space.MOST_TRIALS, trials.orElseThrow()));
    }
  }

  /**
   * What trials may take together.
   *
   * @param parallel how many are trained at a time
   * @param memory bytes for the models of those that are trained at a time; empty: what the machine
   *     has left
   */
  public record Resources(int parallel, OptionalLong memory) {
    /** One trial after the other. */
    public static final Resources ONE = new Resources(1, OptionalLong.empty());

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is below 1
     */
    public Resources {
      if (parallel < 1) {
        throw new IllegalArgumentException("parallel: expected at least 1, found " + parallel);
      }
      if (memory.orElse(1) < 1) {
        throw new IllegalArgumentException(
            "memory: expected at least 1 byte, found " + memory.getAsLong());
      }
    }
  }

  /** A new tuning in a folder, one trial after the other. */
  public static TuneOptions into(Path folder, int trials) {
    return new TuneOptions(folder, false, true, Optional.of(trials), Resources.ONE);
  }

  /** The same, going on with what is there. */
  public TuneOptions resumed() {
    return new TuneOptions(folder, true, lint, trials, resources);
  }

  /** The same with other resources. */
  public TuneOptions with(Resources others) {
    return new TuneOptions(folder, resume, lint, trials, others);
  }
}
