package org.mtl4j.core.model;

import org.mtl4j.core.batch.RawBatch;

/**
 * Raw rows in, predictions out: over an export, over a trainer, or over a baseline such as trees.
 * Evaluation knows models by this alone.
 */
public interface Predictor extends AutoCloseable {
  /** Predictions for the rows, in their order; labels among the columns are ignored. */
  Predictions predict(RawBatch rows);

  @Override
  void close();
}
