package org.mtl4j.server.http;

import io.netty.util.ResourceLeakDetector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Keeps what Netty finds to be leaked. Netty makes it, by the property {@code
 * io.netty.customResourceLeakDetector} of the pom, before any test can: hence what it found is
 * static.
 *
 * @param <T> what may leak
 */
public final class LeakCounter<T> extends ResourceLeakDetector<T> {
  static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();

  /** As Netty calls it. */
  public LeakCounter(Class<?> resource, int samplingInterval) {
    super(resource, samplingInterval);
  }

  @Override
  protected void reportTracedLeak(String type, String records) {
    FOUND.add(type + records);
  }

  @Override
  protected void reportUntracedLeak(String type) {
    FOUND.add(type);
  }
}
