package org.mtl4j.core.batch;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
   * Whether {@link #fingerprint} is known without a pass over the rows, by the bytes of files say.
   * What was made of the rows is then kept from one run to the next, and looked up by it.
   */
  default boolean hasQuickFingerprint() {
    return true;
  }

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

  /**
   * A source over rows that a program makes while they are read; a pass holds one block of them. A
   * source is read several times, to split, to learn vocabularies and to train, and a stream only
   * once: so it is a supplier, that makes a new stream of the same rows at every call. A pass
   * closes its stream, so that {@link Stream#onClose} may close what it reads from.
   *
   * <p>The first 1,000 rows say what the columns are, as in {@link #of(List)}; a key that first
   * comes later is not read, and {@link #warnings} names it. A later text in a column of numbers,
   * or a whole number of more than 53 bits in one that had none so far, is an error of code
   * DATA_VALUE: {@link #of(Columns, Supplier)} takes columns of types that fit. {@link
   * #fingerprint} is a pass of its own.
   *
   * @param rows makes the rows anew, in the same order; what may be a value says {@link #of(List)}
   * @throws IllegalArgumentException if there are no rows
   * @throws IllegalStateException here or in a pass if it gives a stream that was read before
   */
  static BatchSource of(Supplier<? extends Stream<? extends Map<String, ?>>> rows) {
    return StreamedSource.of(rows);
  }

  /**
   * The same with columns that are known, of which a row may lack some and beside which it may have
   * more keys, that nobody reads.
   *
   * @param columns names and types: NUMBER for doubles, TEXT for texts, UNTYPED for both, or for
   *     whole numbers of which every digit counts
   * @param rows makes the rows anew, in the same order
   */
  static BatchSource of(
      Columns columns, Supplier<? extends Stream<? extends Map<String, ?>>> rows) {
    return StreamedSource.of(columns, rows);
  }

  /**
   * The rows of a stream that there is only once, gathered in memory as {@link #of(List)} does.
   *
   * @param rows at most 1,000,000; read to the end and closed here
   * @throws IllegalArgumentException if there are no rows, more of them, or a column mixes numbers
   *     and text
   */
  static BatchSource of(Stream<? extends Map<String, ?>> rows) {
    return InMemorySource.of(rows);
  }
}
