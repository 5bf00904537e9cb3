package org.mtl4j.experiment.run;

import java.util.Optional;
import org.mtl4j.core.training.TrainingListener;

/**
 * Takes down the epochs of a run, and looks at the tasks' gradients at the end of each.
 *
 * @param history gets a line an epoch
 * @param gradients looks at gradients; empty where nobody does
 */
record RunLog(HistoryWriter history, Optional<GradientProbe> gradients)
    implements TrainingListener {
  @Override
  public void beforeSave(Epoch epoch) {
    history.add(epoch, gradients.map(probe -> EpochGradients.of(probe.after(epoch.epoch()))));
  }
}
