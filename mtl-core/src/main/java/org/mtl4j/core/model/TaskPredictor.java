package org.mtl4j.core.model;

import java.io.DataOutput;
import java.io.IOException;
import org.mtl4j.core.feature.EncodedFeatures;

/** A task that was fitted, by a {@link Baseline}. Immutable, and safe from several threads. */
public interface TaskPredictor {
  /**
   * Predictions for rows.
   *
   * @param rows encoded by the pipeline that it was fitted with
   * @return [n * width], row by row, probabilities or values in the label's unit
   */
  float[] predict(EncodedFeatures rows);

  /** Writes all that it knows; equal ones write equal bytes. */
  void write(DataOutput out) throws IOException;
}
