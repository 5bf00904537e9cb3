package org.mtl4j.server.metric;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.mtl4j.server.trace.Api;

/** Reads what {@link RequestMetrics} has timed. Safe for several threads. */
final class RequestTimers {
  private static final Set<String> INFERENCE =
      Arrays.stream(Api.values())
          .filter(Api::isInference)
          .map(Api::label)
          .collect(Collectors.toUnmodifiableSet());

  private final MeterRegistry registry;

  RequestTimers(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Requests that a version computed the answer of, over both protocols. */
  VersionLatency of(String model, long version) {
    List<VersionLatency> parts = new ArrayList<>();
    for (Timer timer :
        registry
            .find(RequestMetrics.DURATION)
            .tag("model", model)
            .tag("version", String.valueOf(version))
            .timers()) {
      if (INFERENCE.contains(timer.getId().getTag("api"))) {
        parts.add(of(timer));
      }
    }
    return VersionLatency.sum(parts);
  }

  private static VersionLatency of(Timer timer) {
    SortedMap<Double, Long> buckets = new TreeMap<>();
    for (CountAtBucket bucket : timer.takeSnapshot().histogramCounts()) {
      double seconds = bucket.bucket(TimeUnit.SECONDS);
      if (Double.isFinite(seconds)) {
        buckets.put(seconds, (long) bucket.count());
      }
    }
    return new VersionLatency(timer.count(), buckets);
  }
}
