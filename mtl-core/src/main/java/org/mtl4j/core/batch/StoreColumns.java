package org.mtl4j.core.batch;

import java.util.List;

/**
 * Which id columns one embedding store serves.
 *
 * @param columns positions in {@link EncodedRows#ids()}, in the order of the model's input
 * @param offsets for each column the store's row of its table's id 0
 * @param lists the columns of features that are lists of values
 */
public record StoreColumns(List<Integer> columns, List<Long> offsets, List<ListColumns> lists) {
  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if their lengths differ
   */
  public StoreColumns {
    columns = List.copyOf(columns);
    offsets = List.copyOf(offsets);
    lists = List.copyOf(lists);
    if (columns.size() != offsets.size()) {
      throw new IllegalArgumentException(
          "expected one offset a column, found " + columns + " and " + offsets);
    }
  }

  /** A store without lists. */
  public StoreColumns(List<Integer> columns, List<Long> offsets) {
    this(columns, offsets, List.of());
  }

  /** Ids that a row has at most. */
  int width() {
    return columns.size() + lists.stream().mapToInt(ListColumns::length).sum();
  }

  /** Weights that a row has. */
  int weightWidth() {
    return lists.stream().mapToInt(ListColumns::weightWidth).sum();
  }
}
