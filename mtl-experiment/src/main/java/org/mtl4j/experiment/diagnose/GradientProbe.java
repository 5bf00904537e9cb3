package org.mtl4j.experiment.diagnose;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.training.ModelProbes;
import org.mtl4j.core.training.TrainingSession;
import org.mtl4j.experiment.run.ExperimentPlan;

/** Looks at the tasks' gradients at the end of epochs, on the same rows after every epoch. */
final class GradientProbe implements IntFunction<GradientTrace.Epoch> {
  /** At each epoch's end; the mean of their cosines varies a third as much as one. */
  static final int BATCHES = 8;

  private final ModelProbes probes;
  private final EncodedData rows;
  private final List<int[]> batches;

  /** Of a model in training. */
  GradientProbe(ExperimentPlan plan, TrainingSession session, EncodedData rows) {
    this.probes = session.probes();
    this.rows = rows;
    int size = Math.min(rows.rowCount(), plan.config().training().batchSize());
    SplittableRandom random = new Seed(plan.config().seed()).child("diagnosis").random();
    this.batches =
        Stream.generate(() -> random.ints(size, 0, rows.rowCount()).toArray())
            .limit(BATCHES)
            .toList();
  }

  @Override
  public GradientTrace.Epoch apply(int epoch) {
    return GradientTrace.Epoch.of(
        epoch, batches.stream().map(batch -> probes.gradients(rows, batch, epoch)).toList());
  }
}
