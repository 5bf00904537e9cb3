package org.mtl4j.data.dataset;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.task.Expression;

/**
 * Which rows of a source are kept at all, and which columns they get besides: {@code data.where},
 * {@code data.drop_duplicates} and {@code data.columns}.
 *
 * @param where kept where it is true; may read derived columns. Empty: all rows
 * @param dropDuplicates whether only the first of rows that are equal in every source column is
 *     kept
 * @param columns derived columns by name, in order, each an expression over source columns
 */
public record RowRules(
    Optional<Expression> where, boolean dropDuplicates, Map<String, Expression> columns) {
  /** All rows as they are. */
  public static final RowRules NONE = new RowRules(Optional.empty(), false, Map.of());

  /** Copies the map, keeping its order. */
  public RowRules {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }
}
