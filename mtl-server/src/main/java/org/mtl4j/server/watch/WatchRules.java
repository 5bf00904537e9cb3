package org.mtl4j.server.watch;

import java.time.Duration;

/**
 * How requests are watched.
 *
 * @param window how far back the stability index looks
 * @param rows so many rows of a request at most are counted, evenly spread over it: a thousand
 *     candidates of one user say little more than a few of them, and cost more
 * @param refuse whether a request with a number that training has not seen the like of is refused;
 *     then all its rows are looked at
 */
public record WatchRules(Duration window, int rows, boolean refuse) {
  /** An hour, 64 rows of a request, and nothing is refused. */
  public static final WatchRules DEFAULT = new WatchRules(Duration.ofHours(1), 64, false);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the window is shorter than a minute, or no row is counted
   */
  public WatchRules {
    if (window.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException("window: expected at least a minute, found " + window);
    }
    if (rows < 1) {
      throw new IllegalArgumentException("rows: expected at least 1, found " + rows);
    }
  }
}
