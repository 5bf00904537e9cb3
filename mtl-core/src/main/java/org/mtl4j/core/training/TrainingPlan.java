package org.mtl4j.core.training;

import java.util.Optional;
import java.util.function.Supplier;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.metric.MetricReport;

/**
 * What a run does with a session.
 *
 * @param rows the training rows, and how often an epoch takes each
 * @param judge measures the present state on the validation rows, after every epoch; empty: no
 *     validation
 * @param epochs how many at most
 * @param batchSize rows a step; on average, where rows belong to queries
 * @param earlyStopping which state to keep, and when to stop before that; empty: the last one, and
 *     never
 */
public record TrainingPlan(
    TrainingRows rows,
    Optional<Supplier<MetricReport>> judge,
    int epochs,
    int batchSize,
    Optional<EarlyStopping> earlyStopping) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if an epoch or a batch would be empty, or early stopping has
   *     no validation rows to judge by
   */
  public TrainingPlan {
    if (epochs < 1 || batchSize < 1) {
      throw new IllegalArgumentException(
          "expected at least one epoch and one row a batch, found %d and %d"
              .formatted(epochs, batchSize));
    }
    if (earlyStopping.isPresent() && judge.isEmpty()) {
      throw new IllegalArgumentException("early stopping needs validation rows");
    }
  }

  /** A plan whose epochs take each row once. */
  public TrainingPlan(
      EncodedData rows,
      Optional<Supplier<MetricReport>> judge,
      int epochs,
      int batchSize,
      Optional<EarlyStopping> earlyStopping) {
    this(TrainingRows.each(rows), judge, epochs, batchSize, earlyStopping);
  }

  /** Rows of the largest batch: no more than an epoch has. */
  public int largestBatch() {
    return Math.max(1, rows.largestBatch(batchSize));
  }
}
