package org.mtl4j.experiment.diagnose;

import java.util.function.IntFunction;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.GradientProbe;

/** What a diagnosis sees of the tasks' gradients at the end of an epoch. */
final class EpochProbe implements IntFunction<GradientTrace.Epoch> {
  /** At each epoch's end; the mean of their cosines varies a third as much as one. */
  static final int BATCHES = 8;

  private final GradientProbe probe;

  /** Of a model in training. */
  EpochProbe(ExperimentPlan plan, TrainingSession session, EncodedData rows) {
    this.probe = new GradientProbe(plan, session, rows, BATCHES);
  }

  @Override
  public GradientTrace.Epoch apply(int epoch) {
    return GradientTrace.Epoch.of(epoch, probe.after(epoch));
  }
}
