package org.mtl4j.core.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was predicted for n rows.
 *
 * @param rowCount n
 * @param values per output, in the order of the outputs: [n * width], row by row, probabilities or
 *     values in the label's unit
 */
public record Predictions(int rowCount, Map<String, float[]> values) {
  /** Copies the map, keeping its order, not the arrays. */
  public Predictions {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
