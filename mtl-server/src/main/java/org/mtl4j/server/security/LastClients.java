package org.mtl4j.server.security;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of clients: of the last 10,000 that asked, so that memory is bounded whoever asks.
 * Not safe for several threads.
 *
 * @param <V> what is known of each
 */
final class LastClients<V> extends LinkedHashMap<String, V> {
  private static final int MOST = 10_000;
  private static final long serialVersionUID = 1;

  /** Nobody has asked. */
  LastClients() {
    super(16, 0.75f, true);
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
    return size() > MOST;
  }
}
