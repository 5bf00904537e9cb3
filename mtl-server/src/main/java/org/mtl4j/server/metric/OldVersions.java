package org.mtl4j.server.metric;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.mtl4j.server.model.ModelEvents;

/**
 * Forgets the metrics of versions long gone, so that a server whose models are replaced for months
 * does not grow. All that are served stay, and of each model the last few that no longer are, since
 * what they counted last is to be read, too. Safe for several threads.
 */
final class OldVersions implements ModelEvents {
  private static final int KEPT = 8;

  private final MeterRegistry registry;
  private final Forgotten listener;
  private final Map<String, Set<Long>> seen = new ConcurrentHashMap<>();
  private final Map<String, Map<Long, Integer>> served = new HashMap<>();

  /**
   * Forgets in that registry.
   *
   * @param listener who keeps meters of its own besides
   */
  OldVersions(MeterRegistry registry, Forgotten listener) {
    this.registry = registry;
    this.listener = listener;
  }

  /** Told of what is forgotten. */
  @FunctionalInterface
  interface Forgotten {
    void forget(String model, long version);
  }

  @Override
  public synchronized void available(String model, long version, long nanos) {
    // A model's new folder may have a number of the old one's, which is unloaded after it.
    served.computeIfAbsent(model, name -> new HashMap<>()).merge(version, 1, Integer::sum);
  }

  @Override
  public synchronized void unloaded(String model, long version) {
    served
        .getOrDefault(model, new HashMap<>())
        .computeIfPresent(version, (number, holders) -> holders == 1 ? null : holders - 1);
  }

  /** A version answers. */
  void saw(String model, long version) {
    Set<Long> versions = seen.computeIfAbsent(model, name -> ConcurrentHashMap.newKeySet());
    if (versions.add(version) && versions.size() > KEPT) {
      forget(model, versions);
    }
  }

  private synchronized void forget(String model, Set<Long> versions) {
    SortedSet<Long> gone = new TreeSet<>(versions);
    gone.removeAll(served.getOrDefault(model, Map.of()).keySet());
    while (gone.size() > KEPT) {
      long lowest = gone.first();
      gone.remove(lowest);
      versions.remove(lowest);
      for (Meter meter : registry.getMeters()) {
        if (model.equals(meter.getId().getTag("model"))
            && String.valueOf(lowest).equals(meter.getId().getTag("version"))) {
          registry.remove(meter);
        }
      }
      listener.forget(model, lowest);
    }
  }
}
