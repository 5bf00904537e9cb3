package org.mtl4j.data.union;

import java.util.OptionalInt;
import org.mtl4j.core.batch.RawBatch;

/**
 * A column of ids, equal only where they stand for the same.
 *
 * @param column its position
 * @param domain the position of the domain's name; empty: ids are the same in all rows
 */
public record ScopedIds(int column, OptionalInt domain) {
  /** Who a row's id stands for, as one text; null if it is missing. */
  public String of(RawBatch rows, int row) {
    String id = rows.text(column, row);
    if (id == null || domain.isEmpty()) {
      return id;
    }
    // No domain's name holds the sign, so that no two of them give one text.
    return rows.text(domain.getAsInt(), row) + UnionConfig.SIGN + id;
  }
}
