package org.mtl4j.server.rest;

import java.util.SortedMap;
import org.mtl4j.serving.tensor.TensorValue;

/**
 * A request to predict.
 *
 * @param signature the signature's name
 * @param layout how its tensors were written, and the reply's are
 * @param inputs by name
 */
public record PredictRequest(
    String signature, Layout layout, SortedMap<String, TensorValue> inputs) {
  /** How the tensors of several rows are written. */
  public enum Layout {
    /** Row by row: {@code instances} and {@code predictions}. */
    ROWS,
    /** Input by input: {@code inputs} and {@code outputs}. */
    COLUMNS
  }
}
