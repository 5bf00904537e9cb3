package org.mtl4j.experiment.run;

import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.training.Progress;
import org.mtl4j.core.training.TrainingListener;
import org.mtl4j.core.training.TrainingSession;

/** Looks into a run's model while it is trained. It must not change a number of it. */
@FunctionalInterface
public interface RunObserver {
  /** Looks at nothing. */
  RunObserver NONE = training -> new TrainingListener() {};

  /**
   * A training that begins, or goes on.
   *
   * @param files the run's
   * @param plan the experiment
   * @param session its model, open until the run ends
   * @param rows the training rows
   * @param from where it goes on
   */
  record Training(
      RunFiles files,
      ExperimentPlan plan,
      TrainingSession session,
      EncodedData rows,
      Progress from) {}

  /** What hears of the training, between what writes the history and whoever watches. */
  TrainingListener observe(Training training);
}
