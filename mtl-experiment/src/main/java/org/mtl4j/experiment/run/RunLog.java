package org.mtl4j.experiment.run;

import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.training.TrainingListener;

/**
 * Takes down a run as it goes, and looks at the tasks' gradients at the end of each epoch.
 *
 * @param history gets a line an epoch
 * @param scalars get what TensorBoard shows; empty where nobody asks for that
 * @param gradients looks at gradients; empty where nobody does
 */
record RunLog(
    HistoryWriter history, Optional<RunScalars> scalars, Optional<GradientProbe> gradients)
    implements TrainingListener {
  @Override
  public void onStep(Step step) {
    scalars.ifPresent(to -> to.step(step));
  }

  @Override
  public void beforeSave(Epoch epoch) {
    Optional<EpochGradients> seen =
        gradients.map(probe -> EpochGradients.of(probe.after(epoch.epoch())));
    history.add(epoch, seen);
    scalars.ifPresent(to -> to.epoch(epoch, seen.map(EpochGradients::scalars).orElse(Map.of())));
  }
}
