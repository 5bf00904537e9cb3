package org.mtl4j.experiment.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.data.cache.CacheEntry;
import org.mtl4j.data.split.Split;

/**
 * The data of a run, and the entry of the cache that its rows are in; nobody deletes that before
 * this is closed.
 *
 * @param data ready to train on
 * @param fingerprint of the data, their rules and their split
 * @param entry empty if the rows are the run's own
 */
record PreparedData(ExperimentData data, String fingerprint, Optional<CacheEntry<KeptState>> entry)
    implements AutoCloseable {
  /** Out of the cache. */
  static PreparedData of(CacheEntry<KeptState> entry, String fingerprint) {
    Map<Split, EncodedData> rows = new LinkedHashMap<>();
    for (Split split : Split.values()) {
      if (entry.rows().containsKey(ExperimentRunner.name(split))) {
        rows.put(split, entry.rows().get(ExperimentRunner.name(split)));
      }
    }
    return new PreparedData(
        new ExperimentData(entry.state().learnt(), rows), fingerprint, Optional.of(entry));
  }

  @Override
  public void close() {
    entry.ifPresent(CacheEntry::close);
  }
}
