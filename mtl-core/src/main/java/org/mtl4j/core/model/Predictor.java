package org.mtl4j.core.model;

import java.util.List;
import org.mtl4j.core.batch.RawBatch;

/**
 * Raw rows in, predictions out: over an export, over a trainer, or over a baseline such as trees.
 * Evaluation knows models by this alone.
 */
public interface Predictor extends AutoCloseable {
  /** What it predicts, in order. */
  List<OutputSpec> outputs();

  /** Predictions for the rows, in their order; labels among the columns are ignored. */
  Predictions predict(RawBatch rows);

  @Override
  void close();
}
