package org.mtl4j.experiment.run;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.training.ModelProbes;
import org.mtl4j.core.training.TaskGradients;
import org.mtl4j.core.training.TrainingSession;

/**
 * Looks at the tasks' gradients at the end of epochs, on the same rows after every epoch: what it
 * sees depends on nothing but the epoch's number and the state then.
 */
public final class GradientProbe {
  private final ModelProbes probes;
  private final EncodedData rows;
  private final List<int[]> batches;

  /**
   * Of a model in training.
   *
   * @param rows the training rows
   * @param batches how many batches of them to look at
   */
  public GradientProbe(
      ExperimentPlan plan, TrainingSession session, EncodedData rows, int batches) {
    this.probes = session.probes();
    this.rows = rows;
    int size = Math.min(rows.rowCount(), plan.config().training().rowsAtATime());
    SplittableRandom random = new Seed(plan.config().seed()).child("diagnosis").random();
    this.batches =
        Stream.generate(() -> random.ints(size, 0, rows.rowCount()).toArray())
            .limit(batches)
            .toList();
  }

  /** The gradients in each of the batches, after an epoch. */
  public List<TaskGradients> after(int epoch) {
    return batches.stream().map(batch -> probes.gradients(rows, batch, epoch)).toList();
  }
}
