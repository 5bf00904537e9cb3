package org.mtl4j.core.training;

import java.util.Optional;
import java.util.function.Function;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.core.model.Predictions;

/**
 * What a run does with a session.
 *
 * @param rows the training rows
 * @param validation rows and how they are judged; empty: no validation
 * @param epochs passes over the rows at most
 * @param batchSize rows a step
 * @param earlyStopping when to stop before that; empty: never, and the last state is kept
 */
public record TrainingPlan(
    EncodedRows rows,
    Optional<Validation> validation,
    int epochs,
    int batchSize,
    Optional<EarlyStopping> earlyStopping) {
  /** Checks the ranges. */
  public TrainingPlan {
    if (epochs < 1 || batchSize < 1) {
      throw new IllegalArgumentException(
          "expected at least one epoch and one row a batch, found %d and %d"
              .formatted(epochs, batchSize));
    }
    if (earlyStopping.isPresent() && validation.isEmpty()) {
      throw new IllegalArgumentException("early stopping needs validation rows");
    }
  }

  /**
   * How a state is judged.
   *
   * @param rows validation rows
   * @param judge metrics of predictions for them
   */
  public record Validation(EncodedRows rows, Function<Predictions, MetricReport> judge) {}
}
