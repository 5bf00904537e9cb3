package org.mtl4j.core.batch;

/**
 * A column of texts that are no Java strings, or none of their own: whoever asks for one gets it,
 * and whoever does not need one reads what is there.
 */
public sealed interface TextColumn permits Utf8Column, CodedColumn {
  /** The text of a row; null if it is missing. */
  String text(int row);

  /**
   * A row's text as {@link org.mtl4j.core.task.Decimals#valueOf(String)} reads it; NaN too if it is
   * missing.
   */
  double number(int row);

  /** Some of the rows, in the order wanted. */
  TextColumn select(int[] rows);

  /** The texts of the first rows, null where one is missing. */
  default String[] texts(int rows) {
    String[] texts = new String[rows];
    for (int row = 0; row < rows; row++) {
      texts[row] = text(row);
    }
    return texts;
  }
}
