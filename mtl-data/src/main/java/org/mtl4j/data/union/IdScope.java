package org.mtl4j.data.union;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Columns;

/**
 * Who an id stands for. In a union it is its domain's: user 7 of one domain is not user 7 of
 * another, unless the experiment says of the column that its ids are shared.
 *
 * @param domain the column with the domain's name; empty: all rows are of one
 * @param shared columns whose ids are the same in all domains
 */
public record IdScope(Optional<String> domain, Set<String> shared) {
  /** Of rows that have no domains. */
  public static final IdScope WHOLE = new IdScope(Optional.empty(), Set.of());

  private static final String KEY = "data.source.shared_ids";

  /** Copies the set, keeping its order. */
  public IdScope {
    shared = new LinkedHashSet<>(shared);
  }

  /** Of a source's rows. */
  public static IdScope of(Choice source) {
    return UnionConfig.of(source)
        .map(u -> new IdScope(Optional.of(u.column()), new LinkedHashSet<>(u.sharedIds())))
        .orElse(WHOLE);
  }

  /**
   * Checks that the shared columns are there.
   *
   * @param columns of the rows, derived ones included
   * @throws MtlException of code COLUMN_MISSING if one is not
   */
  public void check(Columns columns) {
    for (String column : shared) {
      if (!columns.contains(column)) {
        Problem missing = columns.missing(column);
        throw new MtlException(new Problem(missing.code(), KEY, missing.what(), missing.remedy()));
      }
    }
  }

  /**
   * A column of ids. Rows without the domain's column are taken for those of one domain.
   *
   * @throws MtlException of code COLUMN_MISSING if there is no such column
   */
  public ScopedIds bind(String column, Columns columns) {
    OptionalInt own =
        domain
            .filter(name -> columns.contains(name) && !shared.contains(column))
            .map(name -> OptionalInt.of(columns.indexOf(name)))
            .orElseGet(OptionalInt::empty);
    return new ScopedIds(columns.indexOf(column), own);
  }
}
