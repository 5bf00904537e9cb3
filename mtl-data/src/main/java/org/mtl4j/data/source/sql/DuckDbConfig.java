package org.mtl4j.data.source.sql;

import java.util.Optional;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.error.Excerpt;

/**
 * What DuckDB may take while it reads. Each pass over a source has a DuckDB of its own.
 *
 * @param memoryLimit memory outside Java's heap, say {@code 500MB} or {@code 2GB}; what needs more,
 *     a sort or a join, goes to files
 * @param tempDirectory where those files go; they are deleted at the end of the pass. Default: the
 *     system's folder for such files
 * @param threads how many work on a query; one by default
 */
public record DuckDbConfig(
    @Default("1GB") String memoryLimit, Optional<String> tempDirectory, Optional<Integer> threads) {
  /** The default of everything. */
  public static final DuckDbConfig DEFAULTS =
      new DuckDbConfig("1GB", Optional.empty(), Optional.empty());

  /**
   * Checks every component.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public DuckDbConfig {
    if (!memoryLimit.matches("[0-9]+(\\.[0-9]+)? ?[KMGT]i?B")) {
      throw new IllegalArgumentException(
          "memory_limit: expected a number and a unit, such as 500MB or 2GB, found \""
              + Excerpt.of(memoryLimit)
              + "\"");
    }
    if (threads.isPresent() && threads.get() < 1) {
      throw new IllegalArgumentException(
          "threads: expected at least 1, found " + threads.orElseThrow());
    }
  }
}
