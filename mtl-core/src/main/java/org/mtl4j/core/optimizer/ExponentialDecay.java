package org.mtl4j.core.optimizer;

import java.util.Optional;
import org.mtl4j.core.config.Default;

/**
 * After k steps {@code rate^(k / steps)}, at least {@code minimum}: smooth, not in stairs.
 *
 * @param rate what {@code steps} steps multiply the factor by, above 0 and at most 1
 * @param steps by default those of an epoch
 * @param minimum least factor, in [0, 1]
 * @param warmupSteps steps of the warm-up, at least 0
 */
public record ExponentialDecay(
    @Default("0.9") double rate,
    Optional<Integer> steps,
    @Default("0") double minimum,
    @Default("0") int warmupSteps)
    implements LearningRateSchedule {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public ExponentialDecay {
    WarmUp.checkShare("rate", rate);
    if (steps.isPresent() && steps.get() < 1) {
      throw new IllegalArgumentException("steps: expected at least 1, found " + steps.get());
    }
    if (!(minimum >= 0 && minimum <= 1)) {
      throw new IllegalArgumentException("minimum: expected 0 to 1, found " + minimum);
    }
    WarmUp.check(warmupSteps);
  }

  @Override
  public double factor(Point point) {
    double unit = steps.orElse(point.stepsPerEpoch());
    return WarmUp.factor(
        warmupSteps, point.step(), taken -> Math.max(minimum, Math.pow(rate, taken / unit)));
  }
}
