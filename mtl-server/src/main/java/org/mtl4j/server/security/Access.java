package org.mtl4j.server.security;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may ask, and how often. Probes are open to everybody, as those who ask them have no keys.
 *
 * @param keys a file of {@link ApiKeys}; empty if anybody may ask. {@code --api-keys FILE}
 * @param openMetrics whether metrics need no key. {@code --open-metrics}
 * @param rate how often one may ask: a key's owner, or an address if there are no keys; empty for
 *     any number
 */
public record Access(Optional<Path> keys, boolean openMetrics, Optional<RateLimit> rate) {
  /** Anybody, any number of times. */
  public static final Access OPEN = new Access(Optional.empty(), false, Optional.empty());
}
