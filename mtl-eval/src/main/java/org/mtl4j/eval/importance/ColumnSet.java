package org.mtl4j.eval.importance;

import java.util.List;

/**
 * Raw columns whose values change their rows together.
 *
 * @param name what people know them by
 * @param columns one at least
 */
public record ColumnSet(String name, List<String> columns) {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is no column
   */
  public ColumnSet {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException(name + ": expected at least one column, found none");
    }
  }

  /** One column by its own name. */
  public static ColumnSet of(String column) {
    return new ColumnSet(column, List.of(column));
  }
}
