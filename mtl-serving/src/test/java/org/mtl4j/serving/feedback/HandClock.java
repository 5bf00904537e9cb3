package org.mtl4j.serving.feedback;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands until somebody moves it. */
final class HandClock implements InstantSource {
  private volatile Instant now = Instant.parse("2026-03-01T10:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  void move(Duration duration) {
    now = now.plus(duration);
  }
}
