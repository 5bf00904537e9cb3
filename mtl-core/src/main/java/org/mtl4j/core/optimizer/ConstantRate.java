package org.mtl4j.core.optimizer;

import org.mtl4j.core.config.Default;

/**
 * The learning rate as configured, after a linear warm-up.
 *
 * @param warmupSteps steps of the warm-up, at least 0
 */
public record ConstantRate(@Default("0") int warmupSteps) implements LearningRateSchedule {
  /** Checks the range. */
  public ConstantRate {
    WarmUp.check(warmupSteps);
  }

  @Override
  public double factor(Point point) {
    return WarmUp.factor(warmupSteps, point.step(), taken -> 1);
  }
}
