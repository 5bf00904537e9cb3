package org.mtl4j.server.security;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Holds addresses up that try keys: 20 wrong ones at once and one a second, then no key of theirs
 * is looked at. Not so of those from which a right one came lately, since behind a proxy everybody
 * has the same address, and one who tries keys would shut all others out. Of either kind the last
 * 10,000 are remembered. Safe for several threads.
 */
public final class WrongKeys {
  private static final RateLimit TRIES = new RateLimit(1, 20);
  private static final int NETWORK_BYTES = 8;

  private final RateLimiter tries;
  private final Map<String, Boolean> known = new LastClients<>();

  /**
   * Nobody has tried any.
   *
   * @param nanos a clock that never goes back, such as {@link System#nanoTime}
   */
  public WrongKeys(LongSupplier nanos) {
    this.tries = new RateLimiter(TRIES, nanos);
  }

  /** In how many seconds a key of that address is looked at; 0 for now. */
  public synchronized long seconds(InetAddress address) {
    String client = client(address);
    return known.containsKey(client) ? 0 : tries.look(client);
  }

  /** Notes that its key was nobody's. */
  public void wrong(InetAddress address) {
    var unused = tries.take(client(address));
  }

  /** Notes that its key was somebody's. */
  public synchronized void right(InetAddress address) {
    known.put(client(address), true);
  }

  /** Of version 6 the network, since whoever has one has all of its addresses. */
  private static String client(InetAddress address) {
    byte[] bytes = address.getAddress();
    return HexFormat.of()
        .formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
  }
}
