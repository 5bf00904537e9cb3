package org.mtl4j.data.dataset;

import java.util.Arrays;
import org.mtl4j.core.batch.CodedColumn;
import org.mtl4j.core.batch.TextDictionary;
import org.mtl4j.core.batch.Utf8Column;
import org.mtl4j.data.memory.HeapShare;

/**
 * Numbers the texts of a column as its blocks go by. It gives up where that gains nothing, since
 * every other text is a new one, and where there is no more room.
 */
final class ColumnCoder {
  /** Before so many texts nothing is known of a column. */
  private static final int ENOUGH_TEXTS = 1 << 14;

  private final TextDictionary dictionary = new TextDictionary();
  private final HeapShare heap;
  private long texts;
  private boolean gaveUp;

  /** Nothing seen yet. */
  ColumnCoder(HeapShare heap) {
    this.heap = heap;
  }

  /**
   * A block's column by numbers of this dictionary, if it is one of texts and they can be numbered;
   * otherwise as it is, but never by numbers of another one.
   *
   * @param column {@code String[]}, or what a block holds in its place
   */
  Object code(Object column, int rows) {
    Object values = column instanceof CodedColumn coded ? coded.texts(rows) : column;
    if (gaveUp || values instanceof double[]) {
      return values;
    }
    int[] codes = new int[rows];
    Arrays.fill(codes, CodedColumn.MISSING);
    boolean done =
        values instanceof Utf8Column utf8 ? code(utf8, codes) : code((String[]) values, codes);
    gaveUp = !done || (texts > ENOUGH_TEXTS && dictionary.size() > texts / 2);
    return done ? new CodedColumn(codes, dictionary) : values;
  }

  private boolean code(Utf8Column column, int[] codes) {
    for (int row = 0; row < codes.length; row++) {
      if (!column.isMissing(row)) {
        int before = dictionary.size();
        codes[row] = dictionary.add(column, row);
        if (!counted(codes[row], before)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean code(String[] column, int[] codes) {
    for (int row = 0; row < codes.length; row++) {
      if (column[row] != null) {
        int before = dictionary.size();
        codes[row] = dictionary.add(column[row]);
        if (!counted(codes[row], before)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean counted(int code, int before) {
    texts++;
    return code < before || heap.takeText(dictionary.text(code));
  }

  /** Numbers that were read from a file, as the column that they were. */
  CodedColumn column(int[] codes) {
    return new CodedColumn(codes, dictionary);
  }
}
