package org.mtl4j.server.metric;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Forgets the metrics of versions long gone, so that a server whose models are replaced for months
 * does not grow. The last few of each model stay, since what they counted last is to be read, too.
 * Safe for several threads.
 */
final class OldVersions {
  private static final int KEPT = 8;

  private final MeterRegistry registry;
  private final Map<String, Map<Long, Boolean>> seen = new ConcurrentHashMap<>();

  OldVersions(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A version answers. */
  void saw(String model, long version) {
    Map<Long, Boolean> versions = seen.computeIfAbsent(model, name -> new ConcurrentHashMap<>());
    if (versions.putIfAbsent(version, true) == null && versions.size() > KEPT) {
      forget(model, versions);
    }
  }

  private synchronized void forget(String model, Map<Long, Boolean> versions) {
    SortedSet<Long> rising = new TreeSet<>(versions.keySet());
    while (rising.size() > KEPT) {
      long lowest = rising.first();
      rising.remove(lowest);
      versions.remove(lowest);
      Map<String, String> tags = new HashMap<>();
      tags.put("model", model);
      tags.put("version", String.valueOf(lowest));
      for (Meter meter : registry.getMeters()) {
        if (tags.entrySet().stream()
            .allMatch(tag -> tag.getValue().equals(meter.getId().getTag(tag.getKey())))) {
          registry.remove(meter);
        }
      }
    }
  }
}
