package org.mtl4j.core.training;

import java.util.Optional;
import org.mtl4j.core.metric.Goal;

/**
 * Says which state of a run to keep, and stops a run whose states no longer gain.
 *
 * @param criterion by what states are compared
 * @param patience epochs without gain after which the run stops, at least 1; empty: it never does,
 *     and the best state is kept all the same
 */
public record EarlyStopping(Criterion criterion, Optional<Integer> patience) {
  /**
   * Checks the patience.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public EarlyStopping {
    if (patience.orElse(1) < 1) {
      throw new IllegalArgumentException(
          "patience: expected at least 1, found " + patience.orElseThrow());
    }
  }

  /** Stops by one metric, of which every gain counts. */
  public EarlyStopping(String metric, boolean higherIsBetter, int patience) {
    this(new Criterion.ByMetric(new Goal(metric, higherIsBetter), 0), Optional.of(patience));
  }

  /** Whether a run that stands so is to stop. */
  boolean isExhausted(Progress.Best best) {
    return patience.map(epochs -> best.epochsWithoutGain() >= epochs).orElse(false);
  }
}
