package org.mtl4j.core.batch;

import java.util.List;

/**
 * Which id columns one embedding store serves.
 *
 * @param columns positions in {@link EncodedRows#ids()}, in the order of the model's input
 * @param offsets for each column the store's row of its table's id 0
 */
public record StoreColumns(List<Integer> columns, List<Long> offsets) {
  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if their lengths differ
   */
  public StoreColumns {
    columns = List.copyOf(columns);
    offsets = List.copyOf(offsets);
    if (columns.size() != offsets.size()) {
      throw new IllegalArgumentException(
          "expected one offset a column, found " + columns + " and " + offsets);
    }
  }
}
