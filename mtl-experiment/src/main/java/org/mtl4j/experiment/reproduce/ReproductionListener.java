package org.mtl4j.experiment.reproduce;

import org.mtl4j.experiment.run.ExperimentListener;

/** Hears of the trainings of a reproduction. */
public interface ReproductionListener {
  /**
   * A training begins.
   *
   * @param arm the arm's name
   * @param number of the training, from 1
   * @param of so many
   * @return hears of it
   */
  ExperimentListener begin(String arm, long seed, int number, int of);

  /** The training that began last has ended, well or not. */
  default void end() {}
}
