package org.mtl4j.eval.importance;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.RawBatch;

/**
 * Raw rows with what they are measured by.
 *
 * @param rows n rows
 * @param labels per output n labels
 * @param groups [n] the group of each row; empty when there are none
 */
public record LabelledRows(RawBatch rows, Map<String, LabelColumn> labels, Optional<int[]> groups) {
  /**
   * Copies the map.
   *
   * @throws IllegalArgumentException if labels or groups are not as many as the rows
   */
  public LabelledRows {
    labels = Map.copyOf(labels);
    int n = rows.rowCount();
    if (labels.values().stream().anyMatch(column -> column.size() != n)
        || groups.filter(g -> g.length != n).isPresent()) {
      throw new IllegalArgumentException(
          "expected labels and groups of " + n + " rows, found other numbers of them");
    }
  }

  /** Some of these rows, in the order wanted. */
  LabelledRows select(int[] wanted) {
    Map<String, LabelColumn> selected = new HashMap<>();
    labels.forEach((output, column) -> selected.put(output, column.select(wanted)));
    return new LabelledRows(
        rows.select(wanted),
        selected,
        groups.map(of -> IntStream.of(wanted).map(row -> of[row]).toArray()));
  }
}
