package org.mtl4j.core.batch;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mtl4j.core.task.Columns;

/**
 * Rows in. A source knows its columns and can be read any number of times, each time the same rows
 * in the same order, in bounded memory. Sources know nothing of tasks, features or TensorFlow.
 */
public interface BatchSource {
  /** The columns, known without reading all rows. */
  Columns columns();

  /** Starts a pass at the first row. */
  RawCursor open();

  /**
   * A hexadecimal SHA-256 over what the source would give: two sources with equal fingerprints give
   * equal rows. It goes into a run's provenance.
   */
  String fingerprint();

  /**
   * Texts that stand for a missing value in a column, besides the empty one. The rows hold null in
   * their place; whoever sends raw values to an export does not know that, so that it takes them
   * along.
   */
  default Set<String> missing(String column) {
    return Set.of();
  }

  /**
   * What the last pass to reach its end found odd, a sentence each, for the user to read once: rows
   * that were left out, say. None before there was such a pass.
   */
  default List<String> warnings() {
    return List.of();
  }

  /**
   * A source over rows in memory. It reads values as a file that spells them is read: blank text is
   * missing, half of a surrogate pair is U+FFFD, and a column that holds a whole number of more
   * than 53 bits, an id say from 2^53 on, is of type UNTYPED: such a {@link Long}, {@link
   * java.math.BigInteger} or {@link java.math.BigDecimal} without decimals keeps all its digits,
   * where a double would not.
   *
   * @param rows maps from column to value: a {@link Number}, a {@link Boolean} (1 or 0), a {@link
   *     CharSequence}, or null for missing; a key that a row lacks is missing there
   * @throws IllegalArgumentException if there are no rows, or a column mixes numbers and text
   */
  static BatchSource of(List<? extends Map<String, ?>> rows) {
    return InMemorySource.of(rows);
  }
}
