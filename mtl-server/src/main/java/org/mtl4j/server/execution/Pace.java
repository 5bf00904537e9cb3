package org.mtl4j.server.execution;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long computations take, a row, by what has been seen of each lately. Safe for several
 * threads.
 */
final class Pace {
  /** How much of the past counts at each run: that of some ten runs, so. */
  private static final double KEPT = 0.9;

  /** Versions come and go; those that ran last are known. */
  private static final int MOST = 1000;

  private final Map<Origin, Seen> seen =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Origin, Seen> eldest) {
          return size() > MOST;
        }
      };

  private record Seen(double nanos, double rows) {}

  /** A run of some rows has taken so long. */
  synchronized void ran(Origin origin, int rows, long nanos) {
    seen.merge(
        origin,
        new Seen(nanos, rows),
        (before, now) ->
            new Seen(KEPT * before.nanos() + now.nanos(), KEPT * before.rows() + now.rows()));
  }

  /** How long some rows should take, in nanoseconds; 0 if nothing is known. */
  synchronized long expected(Origin origin, int rows) {
    Seen known = seen.get(origin);
    return known == null ? 0 : (long) (known.nanos() / known.rows() * rows);
  }
}
