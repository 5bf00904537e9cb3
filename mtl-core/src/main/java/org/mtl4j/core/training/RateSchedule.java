package org.mtl4j.core.training;

import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.core.optimizer.LearningRateSchedule;

/**
 * The schedule of a run's learning rates, and the direction of what it watches.
 *
 * @param rule the schedule
 * @param higherIsBetter of the metric that it watches; without one it is not looked at
 */
public record RateSchedule(LearningRateSchedule rule, boolean higherIsBetter) {
  /** What a schedule may fall to: a learning rate of 0 would divide by 0 in some optimisers. */
  private static final double LEAST = 1e-12;

  /** The factor of the step after {@code progress}. */
  double factor(Progress progress, int stepsPerEpoch, int epochs) {
    LearningRateSchedule.Point point =
        new LearningRateSchedule.Point(
            progress.step() + 1, stepsPerEpoch, epochs, progress.watched());
    return Math.max(LEAST, rule.factor(point));
  }

  /** Whether it needs validation rows. */
  public boolean isWatching() {
    return rule.watches().isPresent();
  }

  /** An epoch's value of what it watches, more being better; NaN where it is not defined. */
  double watched(MetricReport report) {
    double value = report.get(rule.watches().orElseThrow()).orElse(Double.NaN);
    return higherIsBetter ? value : -value;
  }
}
