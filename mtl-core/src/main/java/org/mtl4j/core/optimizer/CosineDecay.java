package org.mtl4j.core.optimizer;

import org.mtl4j.core.config.Default;

/**
 * Half a cosine from 1 to {@code minimum} over all steps of the run that the warm-up leaves:
 * Loshchilov and Hutter, "SGDR", ICLR 2017, equation 5, without restarts. After k of n steps
 *
 * <pre>
 * minimum + (1 - minimum) (1 + cos(pi k / n)) / 2
 * </pre>
 *
 * <p>The run's length is {@code epochs}, whether or not something ends it earlier; a run that is
 * resumed with more epochs goes on along the longer curve.
 *
 * @param minimum where it ends, in [0, 1]
 * @param warmupSteps steps of the warm-up, at least 0
 */
public record CosineDecay(@Default("0") double minimum, @Default("0") int warmupSteps)
    implements LearningRateSchedule {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public CosineDecay {
    if (!(minimum >= 0 && minimum <= 1)) {
      throw new IllegalArgumentException("minimum: expected 0 to 1, found " + minimum);
    }
    WarmUp.check(warmupSteps);
  }

  @Override
  public double factor(Point point) {
    long steps = Math.max(1, point.steps() - warmupSteps);
    return WarmUp.factor(
        warmupSteps,
        point.step(),
        taken -> {
          double share = Math.min(1, taken / (double) steps);
          return minimum + (1 - minimum) * (1 + Math.cos(Math.PI * share)) / 2;
        });
  }
}
