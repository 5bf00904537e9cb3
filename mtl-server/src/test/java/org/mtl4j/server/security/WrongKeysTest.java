package org.mtl4j.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WrongKeysTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong nanos = new AtomicLong();
  private final WrongKeys keys = new WrongKeys(nanos::get);

  private static InetAddress address(int... bytes) {
    byte[] address = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      address[i] = (byte) bytes[i];
    }
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static InetAddress version6(int network, int host) {
    return address(32, 1, 13, 184, 0, 0, 0, network, 0, 0, 0, 0, 0, 0, 0, host);
  }

  private void tryWrongOnes(InetAddress address, int n) {
    for (int i = 0; i < n; i++) {
      keys.wrong(address);
    }
  }

  @Test
  void whoTriesKeysIsHeldUpAndNobodyElse() {
    InetAddress one = address(10, 0, 0, 1);
    assertThat(keys.seconds(one)).isZero();
    tryWrongOnes(one, 19);
    assertThat(keys.seconds(one)).isZero();
    keys.wrong(one);
    assertThat(keys.seconds(one)).isEqualTo(1);
    assertThat(keys.seconds(address(10, 0, 0, 2))).isZero();
    nanos.addAndGet(SECOND);
    assertThat(keys.seconds(one)).isZero();
    keys.wrong(one);
    assertThat(keys.seconds(one)).isEqualTo(1);
  }

  @Test
  void addressesWithARightKeyAreNotShutOutByOthersBehindTheSameProxy() {
    InetAddress proxy = address(10, 0, 0, 1);
    keys.right(proxy);
    tryWrongOnes(proxy, 100);
    assertThat(keys.seconds(proxy)).isZero();
    for (int i = 0; i < 10_000; i++) {
      keys.right(address(10, 1, i >> 8, i));
    }
    assertThat(keys.seconds(proxy)).isEqualTo(1); // its right key is long ago
  }

  @Test
  void ofVersion6ANetworkIsOneClient() {
    tryWrongOnes(version6(1, 1), 20);
    assertThat(keys.seconds(version6(1, 2))).isEqualTo(1);
    assertThat(keys.seconds(version6(2, 1))).isZero();
  }
}
