package org.mtl4j.experiment.curve;

import org.mtl4j.experiment.run.ExperimentListener;

/** Hears of the trainings of a learning curve. */
public interface CurveListener {
  /**
   * A training begins.
   *
   * @param percent of the training rows
   * @return hears of it
   */
  ExperimentListener begin(double percent);

  /** The training that began last has ended, well or not. */
  default void end() {}
}
