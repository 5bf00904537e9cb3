package org.mtl4j.data.source.sql;

import java.util.BitSet;
import java.util.List;

/**
 * Some rows in DuckDB's memory, which is gone once the next ones are asked for.
 *
 * @param rowCount number of rows
 * @param columns their values
 * @param texts what does not stand in the columns
 * @param bytes per row how many bytes that is
 * @param longTexts the columns of which something does not stand there
 */
record DuckChunk(
    int rowCount, List<DuckVector> columns, LongTexts texts, int[] bytes, BitSet longTexts) {
  /**
   * Some rows.
   *
   * @param textColumns which of the columns are texts
   */
  static DuckChunk of(List<DuckVector> columns, BitSet textColumns, LongTexts texts, int rowCount) {
    int[] bytes = new int[rowCount];
    BitSet longTexts = new BitSet();
    for (int c = textColumns.nextSetBit(0); c >= 0; c = textColumns.nextSetBit(c + 1)) {
      DuckVector column = columns.get(c);
      for (int row = 0; row < rowCount; row++) {
        int length = column.textLength(row);
        if (length > DuckVector.SHORT_TEXT && !column.isMissing(row)) {
          bytes[row] = Math.addExact(bytes[row], length);
          longTexts.set(c);
        }
      }
    }
    return new DuckChunk(rowCount, columns, texts, bytes, longTexts);
  }

  /** How many rows from one on, at most so many, have so many bytes elsewhere at the least. */
  int rowsOf(int from, int maxRows, int enoughBytes) {
    int to = from;
    long found = 0;
    while (to < Math.min(rowCount, from + maxRows) && found < enoughBytes) {
      found += bytes[to++];
    }
    return to - from;
  }
}
