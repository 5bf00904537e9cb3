package org.mtl4j.data.catalogue;

import java.util.List;

/**
 * The keys of a public data set that knows no other.
 *
 * @param path a folder with the set's files, or files with its rows; several are one table
 */
public record PathConfig(List<String> path) {
  /**
   * Checks the path.
   *
   * @throws IllegalArgumentException if it names nothing
   */
  public PathConfig {
    path = DatasetFolder.checked(path);
  }
}
