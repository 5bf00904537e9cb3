package org.mtl4j.core.optimizer;

import java.util.List;
import java.util.Optional;

/**
 * By how much the learning rates of a step are multiplied: those of dense variables and of tables
 * alike. A factor is a function of the {@link Point} alone, computed in float64, so that a run that
 * goes on takes the very factors that it would have taken. Add one by writing its record, binding
 * its name and subclassing the contract test of mtl-testkit.
 */
public interface LearningRateSchedule {
  /**
   * Where a run stands before a step.
   *
   * @param step number of the step, from 1
   * @param stepsPerEpoch steps of an epoch, at least 1
   * @param epochs epochs of the run, at most
   * @param watched the metric of {@link #watches} after each epoch so far, turned so that more is
   *     better; NaN where it was not defined. Empty for a schedule that watches none
   */
  record Point(long step, int stepsPerEpoch, int epochs, List<Double> watched) {
    /** Copies the list. */
    public Point {
      watched = List.copyOf(watched);
    }

    /** All steps of the run, if nothing ends it early. */
    public long steps() {
      return (long) stepsPerEpoch * epochs;
    }
  }

  /** The factor of the step, above 0. */
  double factor(Point point);

  /** The key of the validation metric that it watches, say {@code click/auc}; empty for none. */
  default Optional<String> watches() {
    return Optional.empty();
  }
}
