package org.mtl4j.experiment.apply;

import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/**
 * A column of the data that goes along with the predictions.
 *
 * @param column the source's column
 * @param name what it is called in the output
 */
public record KeptColumn(String column, String name) {
  /**
   * Reads {@code COLUMN} or, to give it another name, {@code COLUMN=NAME}.
   *
   * @throws MtlException REQUEST_INVALID if one of the two is blank
   */
  public static KeptColumn parse(String text) {
    int equals = text.indexOf('=');
    String column = equals < 0 ? text : text.substring(0, equals);
    String name = equals < 0 ? text : text.substring(equals + 1);
    if (column.isBlank() || name.isBlank()) {
      throw new MtlException(
          new Problem(
              ErrorCode.REQUEST_INVALID,
              "",
              "Expected a kept column as COLUMN or COLUMN=NAME, found \""
                  + Excerpt.of(text)
                  + "\", where "
                  + (column.isBlank() ? "the column" : "the name")
                  + " is blank.",
              "Name the column of the data and, behind the equals sign, what the output calls"
                  + " it."));
    }
    return new KeptColumn(column, name);
  }
}
