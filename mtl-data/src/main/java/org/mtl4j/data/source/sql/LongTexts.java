package org.mtl4j.data.source.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.SQLException;
import java.util.Optional;

/**
 * The texts of a chunk that do not stand in its vectors. Those of columns that {@link ChunkQuery}
 * joins are parts of one text a row, to be asked for in the order of the columns; others are asked
 * for one by one.
 */
final class LongTexts {
  private static final String TEXT = "getString";

  private final Optional<DuckVector> all;
  private final byte[][] rows;
  private final int[] next;

  /**
   * None asked for yet.
   *
   * @param all the joined texts; empty if no column's are
   * @param rowCount of the chunk
   */
  LongTexts(Optional<DuckVector> all, int rowCount) {
    this.all = all;
    this.rows = new byte[all.isPresent() ? rowCount : 0][];
    this.next = new int[rows.length];
  }

  /** A text in an array that holds others too. */
  record Part(byte[] bytes, int from, int length) {}

  /** A text that stands alone. */
  static Part alone(DuckVector vector, int row) throws SQLException {
    byte[] bytes = ((String) vector.value(TEXT, row)).getBytes(UTF_8);
    return new Part(bytes, 0, bytes.length);
  }

  /** The next of a row's joined texts. */
  Part joined(int row, int length) throws SQLException {
    if (rows[row] == null) {
      rows[row] = alone(all.orElseThrow(), row).bytes();
    }
    Part part = new Part(rows[row], next[row], length);
    next[row] += length;
    return part;
  }
}
