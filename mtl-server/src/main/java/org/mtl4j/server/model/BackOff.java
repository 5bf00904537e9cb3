package org.mtl4j.server.model;

import java.time.Duration;

/**
 * When a version that failed to load is tried again: each time after twice as long.
 *
 * @param first how long after the first failure
 * @param longest no longer than that
 * @param tries how often a version is tried, until its files change
 */
public record BackOff(Duration first, Duration longest, int tries) {
  /** After 1, 2, 4, ... 60 seconds, six tries in all, as many as TensorFlow Serving makes. */
  public static final BackOff DEFAULT =
      new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(1), 6);

  /** How long after that many failures; from 1. */
  Duration after(int failures) {
    Duration wait = first;
    for (int i = 1; i < failures && wait.compareTo(longest) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(longest) < 0 ? wait : longest;
  }
}
