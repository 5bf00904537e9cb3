package org.mtl4j.data.source.sql;

import java.util.Arrays;
import org.mtl4j.core.batch.Utf8Column;

/** The texts of a block's rows, which cross JDBC in one value a row: see {@link TextPacking}. */
final class PackedTexts {
  /** A block ends once it has so many bytes, for a row may have many megabytes of them. */
  private static final int ENOUGH_BYTES = 1 << 24;

  private final int[][] starts;
  private final int[][] lengths;
  private byte[] bytes = new byte[1 << 16];
  private int used;

  /**
   * No rows yet.
   *
   * @param columns texts a row, at least one
   * @param capacity rows that there is room for
   */
  PackedTexts(int columns, int capacity) {
    starts = new int[columns][capacity];
    lengths = new int[columns][capacity];
  }

  /** Whether the block had better end. */
  boolean isFull() {
    return used >= ENOUGH_BYTES;
  }

  void grow(int capacity) {
    for (int c = 0; c < starts.length; c++) {
      starts[c] = Arrays.copyOf(starts[c], capacity);
      lengths[c] = Arrays.copyOf(lengths[c], capacity);
    }
  }

  /**
   * Takes the texts of a row.
   *
   * @return whether they were told apart; otherwise nothing was taken, as a text holds what parts
   *     them
   */
  boolean add(byte[] packed, int row) {
    if (bytes.length - used < packed.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, used + packed.length));
    }
    int column = 0;
    int start = 0;
    for (int i = 0; i <= packed.length; i++) {
      if (i == packed.length || packed[i] == TextPacking.SEPARATOR) {
        if (column == starts.length) {
          return false;
        }
        starts[column][row] = used + start;
        lengths[column][row] = isBlank(packed, start, i) ? Utf8Column.MISSING : i - start;
        column++;
        start = i + 1;
      }
    }
    System.arraycopy(packed, 0, bytes, used, packed.length);
    used += packed.length;
    return true;
  }

  private static boolean isBlank(byte[] packed, int from, int to) {
    int i = from;
    while (i < to && packed[i] >= 0 && packed[i] <= ' ') {
      i++;
    }
    return i == to;
  }

  /** The texts of a column; nothing may be added afterwards. */
  Utf8Column column(int column) {
    return new Utf8Column(bytes, starts[column], lengths[column]);
  }
}
