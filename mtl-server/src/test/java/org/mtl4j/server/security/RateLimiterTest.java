package org.mtl4j.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong nanos = new AtomicLong(-SECOND / 2); // as nanoTime may be

  @Test
  void aBucketHoldsABurstAndFillsAtItsRate() {
    RateLimiter limiter = new RateLimiter(new RateLimit(2, 3), nanos::get);
    for (int i = 0; i < 3; i++) {
      assertThat(limiter.take("a")).isZero();
    }
    assertThat(limiter.take("a")).isEqualTo(1);
    assertThat(limiter.take("b")).isZero();
    nanos.addAndGet(SECOND / 2 - 1);
    assertThat(limiter.take("a")).isEqualTo(1);
    nanos.addAndGet(2);
    assertThat(limiter.take("a")).isZero();
    nanos.addAndGet(1_000 * SECOND);
    for (int i = 0; i < 3; i++) {
      assertThat(limiter.take("a")).isZero();
    }
    assertThat(limiter.take("a")).isPositive();
    RateLimiter slow = new RateLimiter(new RateLimit(0.1, 1), nanos::get);
    assertThat(slow.take("a")).isZero();
    assertThat(slow.take("a")).isEqualTo(10);
  }

  /** In any stretch of time no more than the burst and what came back in it. */
  @Test
  void nobodyGetsMoreThanTheRateAllows() {
    long seed = Long.getLong("mtl.test.seed", 1L);
    Random random = new Random(seed);
    RateLimiter limiter = new RateLimiter(new RateLimit(50, 10), nanos::get);
    long start = nanos.get();
    int taken = 0;
    for (int i = 0; i < 100_000; i++) {
      nanos.addAndGet(random.nextInt(10_000_000));
      taken += limiter.take("a") == 0 ? 1 : 0;
      double most = 10 + 50 * (nanos.get() - start) / (double) SECOND;
      assertThat((double) taken).as("seed %d", seed).isLessThanOrEqualTo(most + 1e-6);
    }
    assertThat(taken).isGreaterThan((int) (50 * (nanos.get() - start) / (double) SECOND * 0.99));
  }

  @Test
  void anyNumberOfClientsTakesABoundedNumberOfBuckets() {
    RateLimiter limiter = new RateLimiter(new RateLimit(1, 1), nanos::get);
    assertThat(limiter.take("regular")).isZero();
    for (int i = 0; i < 50_000; i++) {
      limiter.take("10.0." + i);
      if (i % 1_000 == 0) {
        assertThat(limiter.take("regular")).isPositive(); // who asks often is remembered
      }
    }
    assertThat(limiter.clients()).isEqualTo(10_000);
  }

  @Test
  void limitsAreChecked() {
    for (double rate : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new RateLimit(rate, 1))
          .hasMessageStartingWith("perSecond: expected");
    }
    assertThatThrownBy(() -> new RateLimit(1, 0)).hasMessageStartingWith("burst: expected");
  }
}
