package org.mtl4j.data.cache;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an entry says of itself to whoever lists the cache.
 *
 * @param experiment name of the experiment that made it
 * @param rows per split their number
 */
public record EntryInfo(String experiment, Map<String, Integer> rows) {
  /** Of an entry that says nothing. */
  static final EntryInfo UNKNOWN = new EntryInfo("", Map.of());

  /** Copies the map, in its order. */
  public EntryInfo {
    rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
  }
}
