package org.mtl4j.core.lookup;

import java.util.List;
import java.util.Set;
import org.mtl4j.core.task.Columns;

/**
 * A table whose rows can be looked up by an id: a file, or a query of a database. Bound by name, as
 * the type of an entry of {@code data.lookups}. It holds nothing itself; {@link #open} does.
 */
public interface LookupTable {
  /** Its columns, the ids' among them, known without reading all rows. */
  Columns columns();

  /**
   * Makes it ready to be asked; whoever opens it closes it.
   *
   * @param key the column with the ids, compared as texts; no two rows have the same. A row without
   *     one is never found
   * @param columns of an entry, at least one
   * @throws org.mtl4j.core.error.MtlException if the table cannot be read, or, at the latest when
   *     such an id is asked for, if two rows have the same id
   */
  FeatureLookup open(String key, List<String> columns);

  /**
   * A hexadecimal SHA-256 over its rows: two tables with equal fingerprints have equal entries. It
   * goes into a run's provenance.
   */
  String fingerprint();

  /** Whether the fingerprint comes without reading the rows one by one. */
  default boolean hasQuickFingerprint() {
    return true;
  }

  /** Texts that stand for a missing value in a column, besides the empty one. */
  default Set<String> missing(String column) {
    return Set.of();
  }
}
