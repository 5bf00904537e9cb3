package org.mtl4j.experiment.kept;

import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.model.Predictions;

/**
 * Some rows with what was predicted for them.
 *
 * @param records [n] each row's index in its source, from 0, before any filter
 * @param predictions of n rows
 * @param labels per output: n labels
 * @param groups [n] the group of each row; empty where the experiment names none
 */
public record KeptBlock(
    long[] records,
    Predictions predictions,
    Map<String, LabelColumn> labels,
    Optional<int[]> groups) {
  /**
   * Copies the map and checks lengths.
   *
   * @throws IllegalArgumentException if they do not go together
   */
  public KeptBlock {
    labels = Map.copyOf(labels);
    if (records.length != predictions.rowCount()
        || groups.map(g -> g.length != records.length).orElse(false)) {
      throw new IllegalArgumentException(
          "expected a record and a group for each of %d rows, found %d records"
              .formatted(predictions.rowCount(), records.length));
    }
  }
}
