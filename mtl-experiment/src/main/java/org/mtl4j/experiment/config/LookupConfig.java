package org.mtl4j.experiment.config;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.schema.FeatureGroup;

/**
 * The keys that every entry of {@code data.lookups} has, beside those of its type.
 *
 * @param key the table's column with the ids
 * @param column the rows' column with the ids; by default of the same name
 * @param columns of the table that rows get
 * @param defaults per column its value where an id has no entry, or a request no answer; else
 *     missing
 * @param timeoutMs how many milliseconds a request waits at most
 * @param group of the features that read these columns, and say none themselves
 */
public record LookupConfig(
    String key,
    Optional<String> column,
    List<String> columns,
    @Default("{}") Map<String, String> defaults,
    @Default("100") int timeoutMs,
    Optional<FeatureGroup> group) {
  /**
   * Checks what needs no table.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public LookupConfig {
    columns = List.copyOf(columns);
    defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("columns: expected at least one, found none");
    }
    for (String name : columns) {
      if (name.equals(key)) {
        throw new IllegalArgumentException(
            "columns: expected others than the key, found \"" + name + "\"");
      }
    }
    if (new HashSet<>(columns).size() < columns.size()) {
      throw new IllegalArgumentException("columns: expected each once, found " + columns);
    }
    for (String name : defaults.keySet()) {
      if (!columns.contains(name)) {
        throw new IllegalArgumentException(
            "defaults: expected one of the columns %s, found \"%s\""
                .formatted(String.join(", ", columns), name));
      }
    }
    if (timeoutMs < 1) {
      throw new IllegalArgumentException("timeout_ms: expected at least 1, found " + timeoutMs);
    }
  }

  /** The rows' column with the ids. */
  public String ids() {
    return column.orElse(key);
  }

  /** The columns that rows get of the lookup of that name, {@code NAME_found} among them. */
  public List<String> given(String name) {
    return Stream.concat(columns.stream(), Stream.of(name + "_found")).toList();
  }
}
