package org.mtl4j.experiment.apply;

/**
 * A column of the data that goes along with the predictions.
 *
 * @param column the source's column
 * @param name what it is called in the output
 */
public record KeptColumn(String column, String name) {
  /** Reads {@code COLUMN} or, to give it another name, {@code COLUMN=NAME}. */
  public static KeptColumn parse(String text) {
    int equals = text.indexOf('=');
    return equals < 0
        ? new KeptColumn(text, text)
        : new KeptColumn(text.substring(0, equals), text.substring(equals + 1));
  }
}
