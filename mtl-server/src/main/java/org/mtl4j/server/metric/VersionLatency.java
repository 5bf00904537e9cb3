package org.mtl4j.server.metric;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How long a version's requests took since it was loaded: whoever looks twice knows it of the time
 * between.
 *
 * @param requests how many there were
 * @param buckets how many of them took so many seconds or less, by the seconds, rising
 */
public record VersionLatency(long requests, SortedMap<Double, Long> buckets) {
  /** No request yet. */
  public static final VersionLatency NONE = new VersionLatency(0, new TreeMap<>());

  /** Copies the counts. */
  public VersionLatency {
    buckets = new TreeMap<>(buckets);
  }

  /** Of several kinds of requests. */
  static VersionLatency sum(List<VersionLatency> parts) {
    long requests = 0;
    SortedMap<Double, Long> buckets = new TreeMap<>();
    for (VersionLatency part : parts) {
      requests += part.requests;
      part.buckets.forEach((seconds, count) -> buckets.merge(seconds, count, Long::sum));
    }
    return new VersionLatency(requests, buckets);
  }
}
