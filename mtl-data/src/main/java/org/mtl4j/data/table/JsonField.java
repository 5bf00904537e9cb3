package org.mtl4j.data.table;

import java.util.List;

/**
 * A column that is read from objects.
 *
 * @param name the column's
 * @param keys the object's keys that it may have, say by the version of a data set; of several that
 *     an object has, the first in this list counts
 */
public record JsonField(String name, List<String> keys) {
  /**
   * Checks that there is a key.
   *
   * @throws IllegalArgumentException saying what was expected and what was found
   */
  public JsonField {
    keys = List.copyOf(keys);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("expected at least one key for " + name);
    }
  }

  /** A column of the keys' own name, or one that has several. */
  public static JsonField of(String name, String... keys) {
    return new JsonField(name, keys.length == 0 ? List.of(name) : List.of(keys));
  }
}
