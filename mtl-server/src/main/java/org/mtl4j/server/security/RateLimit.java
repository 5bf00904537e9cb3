package org.mtl4j.server.security;

/**
 * How often one client may ask: a bucket of tokens, one of which each request takes. {@code
 * --rate-limit}, {@code --rate-burst}.
 *
 * @param perSecond tokens that come back in a second
 * @param burst tokens that the bucket holds, and so how many requests may come at once
 */
public record RateLimit(double perSecond, int burst) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public RateLimit {
    if (!(perSecond > 0 && perSecond <= 1e9)) {
      throw new IllegalArgumentException(
          "perSecond: expected a number above 0, at most 1e9, found " + perSecond);
    }
    if (burst < 1) {
      throw new IllegalArgumentException("burst: expected at least 1, found " + burst);
    }
  }
}
