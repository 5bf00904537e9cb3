package org.mtl4j.experiment.config;

import java.util.Optional;
import org.mtl4j.core.config.Default;

/**
 * Where encoded rows are kept from one run to the next. Results do not depend on it.
 *
 * @param enabled whether they are
 * @param dir the folder; empty: that of the environment variable MTL_CACHE, which may say {@code
 *     off}, otherwise {@code mtl4j} in XDG_CACHE_HOME or {@code ~/.cache}
 * @param maxGigabytes beyond so many 10<sup>9</sup> bytes what was used longest ago is deleted
 */
public record CacheConfig(
    @Default("true") boolean enabled, Optional<String> dir, @Default("20") double maxGigabytes) {
  /** What an experiment has that says nothing of it. */
  public static final CacheConfig DEFAULT = new CacheConfig(true, Optional.empty(), 20);

  /**
   * Checks the limit.
   *
   * @throws IllegalArgumentException if it is not above 0
   */
  public CacheConfig {
    if (!(maxGigabytes > 0)) {
      throw new IllegalArgumentException(
          "max_gigabytes: expected a number above 0, found " + maxGigabytes);
    }
  }

  /** The limit in bytes. */
  public long maxBytes() {
    return (long) Math.min(Long.MAX_VALUE, maxGigabytes * 1e9);
  }
}
