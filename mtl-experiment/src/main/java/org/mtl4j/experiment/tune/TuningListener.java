package org.mtl4j.experiment.tune;

import org.mtl4j.experiment.run.ExperimentListener;

/**
 * Hears of a tuning. Trials are trained on threads of their own: what is called of different trials
 * may be called at a time.
 */
public interface TuningListener {
  /** A listener that does nothing. */
  TuningListener SILENT = new TuningListener() {};

  /**
   * The tuning begins or goes on.
   *
   * @param trials number of trials
   * @param rungs how long they are trained
   * @param objective what they are compared by
   */
  default void onPlan(int trials, Rungs rungs, Objective objective) {}

  /**
   * A trial begins or goes on.
   *
   * @param until the epoch that it is trained to
   * @return hears of its run
   */
  default ExperimentListener begin(Trial trial, int until) {
    return ExperimentListener.SILENT;
  }

  /** Something is odd, and the tuning goes on all the same: a sentence. */
  default void onWarning(String warning) {}

  /** Something came of a trial. */
  default void onOutcome(TrialOutcome outcome) {}

  /** Asked now and then: true saves what is being trained, and stops. */
  default boolean stopRequested() {
    return false;
  }
}
