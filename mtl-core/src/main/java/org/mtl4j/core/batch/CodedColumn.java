package org.mtl4j.core.batch;

import org.mtl4j.core.task.Decimals;

/**
 * Texts of a column by their numbers in a dictionary. What somebody makes of a text is then made
 * once for all rows that have it: see {@link TextDictionary#notes}.
 *
 * @param codes [n] or longer; {@value #MISSING} where the text is missing
 * @param dictionary of the texts
 */
public record CodedColumn(int[] codes, TextDictionary dictionary) implements TextColumn {
  /** The code of a text that is missing. */
  public static final int MISSING = -1;

  @Override
  public String text(int row) {
    return codes[row] == MISSING ? null : dictionary.text(codes[row]);
  }

  @Override
  public double number(int row) {
    return codes[row] == MISSING ? Double.NaN : Decimals.valueOf(dictionary.text(codes[row]));
  }

  @Override
  public CodedColumn select(int[] rows) {
    int[] selected = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      selected[i] = codes[rows[i]];
    }
    return new CodedColumn(selected, dictionary);
  }
}
