package org.mtl4j.server.security;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A bucket of tokens for each client. Of the clients it remembers the last 10,000 that asked: one
 * that is forgotten begins with a full bucket, so that memory is bounded whoever asks. Safe for
 * several threads.
 */
public final class RateLimiter {
  private final RateLimit limit;
  private final LongSupplier nanos;
  private final Map<String, Bucket> buckets = new LastClients<>();

  /**
   * Full buckets.
   *
   * @param limit how large, and how fast they fill
   * @param nanos a clock that never goes back, such as {@link System#nanoTime}
   */
  public RateLimiter(RateLimit limit, LongSupplier nanos) {
    this.limit = limit;
    this.nanos = nanos;
  }

  private static final class Bucket {
    private double tokens;
    private long at;
  }

  /**
   * Takes a token.
   *
   * @param client whose
   * @return 0 if there was one, or else in how many seconds there will be, rounded up
   */
  public synchronized long take(String client) {
    Bucket bucket = filled(client);
    if (bucket.tokens >= 1) {
      bucket.tokens--;
      return 0;
    }
    return seconds(bucket);
  }

  /**
   * The same without taking it.
   *
   * @param client whose
   * @return 0 if there is one, or else in how many seconds there will be, rounded up
   */
  public synchronized long look(String client) {
    return buckets.containsKey(client) ? seconds(filled(client)) : 0;
  }

  private long seconds(Bucket bucket) {
    return bucket.tokens >= 1 ? 0 : (long) Math.ceil((1 - bucket.tokens) / limit.perSecond());
  }

  private Bucket filled(String client) {
    long now = nanos.getAsLong();
    Bucket bucket = buckets.get(client);
    if (bucket == null) {
      bucket = new Bucket();
      bucket.tokens = limit.burst();
      bucket.at = now;
      buckets.put(client, bucket);
    }
    double seconds = (now - bucket.at) / (double) TimeUnit.SECONDS.toNanos(1);
    bucket.tokens = Math.min(limit.burst(), bucket.tokens + seconds * limit.perSecond());
    bucket.at = now;
    return bucket;
  }

  /** How many clients are remembered. */
  synchronized int clients() {
    return buckets.size();
  }
}
