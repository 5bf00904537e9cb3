package org.mtl4j.core.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.feature.EncodedFeatures;
import org.mtl4j.core.feature.FeaturePipeline;

/** A fitted baseline: the transforms of its run, and a predictor for each task. */
public final class BaselinePredictor implements Predictor {
  private final FeaturePipeline pipeline;
  private final Map<String, TaskPredictor> tasks;
  private volatile boolean closed;

  /**
   * Over what was fitted.
   *
   * @param pipeline what the training rows were encoded by
   * @param tasks per task what was fitted, in the order of the outputs
   */
  public BaselinePredictor(FeaturePipeline pipeline, Map<String, TaskPredictor> tasks) {
    this.pipeline = pipeline;
    this.tasks = new LinkedHashMap<>(tasks);
  }

  /**
   * Predictions for rows in their order, as they are served.
   *
   * @throws org.mtl4j.core.error.MtlException COLUMN_MISSING if an input's column is not there,
   *     DATA_VALUE if a numeric one holds text
   * @throws IllegalStateException if the predictor is closed
   */
  @Override
  public Predictions predict(RawBatch rows) {
    if (closed) {
      throw new IllegalStateException("the predictor is closed");
    }
    return predict(pipeline.encodeServed(rows));
  }

  /** Predictions for rows that are encoded already. */
  public Predictions predict(EncodedFeatures rows) {
    Map<String, float[]> values = new LinkedHashMap<>();
    tasks.forEach((name, task) -> values.put(name, task.predict(rows)));
    return new Predictions(rows.rowCount(), values);
  }

  @Override
  public void close() {
    closed = true;
  }
}
