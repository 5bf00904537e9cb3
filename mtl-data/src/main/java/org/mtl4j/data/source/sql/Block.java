package org.mtl4j.data.source.sql;

import java.util.List;

/**
 * Some rows of a result, column by column.
 *
 * @param rowCount at least 1; every array is at least that long
 * @param values per column a {@code double[]} (NaN is missing), a {@code String[]} (null is) or, of
 *     the rows of a file, a {@link org.mtl4j.core.batch.Utf8Column}
 */
public record Block(int rowCount, List<Object> values) {
  /** Copies the list, not the arrays. */
  public Block {
    values = List.copyOf(values);
  }
}
