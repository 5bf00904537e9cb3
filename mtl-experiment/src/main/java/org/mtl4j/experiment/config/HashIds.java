package org.mtl4j.experiment.config;

import java.util.List;
import org.mtl4j.core.batch.Pseudonyms;

/**
 * Columns whose ids are replaced by pseudonyms before anything is stored.
 *
 * @param salt the secret that they are made with, from a variable of the environment
 * @param columns at least one
 */
public record HashIds(String salt, List<String> columns) {
  /**
   * Checks both; no message says what the salt is.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public HashIds {
    if (salt.startsWith("${env:")) {
      throw new IllegalArgumentException(
          "salt: expected the secret of training, found that the variable " + salt + " is not set");
    }
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("columns: expected at least one, found none");
    }
    new Pseudonyms(salt, columns);
  }

  /** What stands in these columns. */
  public Pseudonyms pseudonyms() {
    return new Pseudonyms(salt, columns);
  }

  /** Without the salt: records are printed in messages and logs. */
  @Override
  public String toString() {
    return "HashIds[columns=" + columns + "]";
  }
}
