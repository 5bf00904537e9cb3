package org.mtl4j.experiment.run;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mtl4j.core.batch.BatchOrder;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.training.ModelProbes;
import org.mtl4j.core.training.QueryRows;
import org.mtl4j.core.training.TaskGradients;
import org.mtl4j.core.training.TrainingRows;
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
    Seed seed = new Seed(plan.config().seed()).child("diagnosis");
    if (plan.queryGroup().isPresent()) {
      this.batches = wholeQueries(rows, seed, size).limit(batches).toList();
    } else {
      SplittableRandom random = seed.random();
      this.batches =
          Stream.generate(() -> random.ints(size, 0, rows.rowCount()).toArray())
              .limit(batches)
              .toList();
    }
  }

  /** Of rows by themselves few would belong to one query. */
  private static Stream<int[]> wholeQueries(EncodedData rows, Seed seed, int size) {
    BatchOrder order =
        new TrainingRows(rows, Optional.empty(), Optional.of(QueryRows.of(rows)))
            .batches(seed, 0, size);
    return IntStream.range(0, order.batches()).mapToObj(order::batch);
  }

  /** The gradients in each of the batches, after an epoch. */
  public List<TaskGradients> after(int epoch) {
    return batches.stream().map(batch -> probes.gradients(rows, batch, epoch)).toList();
  }
}
