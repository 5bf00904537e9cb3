package org.mtl4j.core.model;

import org.mtl4j.core.batch.RawBatch;

/**
 * Raw rows in, predictions out: over an export, over a trainer, or over a baseline such as trees.
 * Evaluation knows models by this alone. Write one by subclassing its contract test of mtl-testkit.
 */
public interface Predictor extends AutoCloseable {
  /**
   * Predictions for the rows, in their order; columns that it does not need, labels among them, are
   * ignored.
   *
   * @throws IllegalStateException if the predictor is closed
   */
  Predictions predict(RawBatch rows);

  @Override
  void close();
}
