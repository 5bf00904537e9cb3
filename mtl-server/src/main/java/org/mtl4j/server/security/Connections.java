package org.mtl4j.server.security;

import java.time.Duration;

/**
 * How much room clients get before they have asked for anything.
 *
 * @param most how many are open at a time; further ones are closed at once. {@code
 *     --max-connections}
 * @param idle how long one may be without a request under way, or take to send a request's head.
 *     {@code --idle-timeout}
 * @param headerBytes of a request's line, and of all its headers. {@code --max-header-bytes}
 */
public record Connections(int most, Duration idle, int headerBytes) {
  /** 10,000 connections, a minute, 16 KiB. */
  public static final Connections DEFAULT =
      new Connections(10_000, Duration.ofMinutes(1), 16 << 10);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Connections {
    if (most < 1) {
      throw new IllegalArgumentException("most: expected at least 1, found " + most);
    }
    if (idle.toMillis() < 1_000 || idle.compareTo(Duration.ofDays(1)) > 0) {
      // Armeria raises shorter ones to a second without a word.
      throw new IllegalArgumentException("idle: expected 1 second to 1 day, found " + idle);
    }
    if (headerBytes < 1_024 || headerBytes > 1 << 20) {
      throw new IllegalArgumentException(
          "headerBytes: expected 1024 to 1048576, found " + headerBytes);
    }
  }
}
