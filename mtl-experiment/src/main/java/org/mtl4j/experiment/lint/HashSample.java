package org.mtl4j.experiment.lint;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something kept for each different key, of bounded size: when there are too many, those whose hash
 * begins with one more 0 bit stay. Which ones are kept depends on the keys alone, so that equal
 * keys are kept or left out together wherever they come from.
 *
 * @param <T> what is kept for a key
 */
final class HashSample<T> {
  private final int limit;
  private final Map<Key, T> kept = new HashMap<>();
  private int zeros;

  /**
   * An empty sample.
   *
   * @param limit so many keys at most, about 100 bytes each besides what is kept for them
   */
  HashSample(int limit) {
    this.limit = limit;
  }

  /**
   * A key's hash.
   *
   * @param high decides what is kept, so that its bits must be even
   * @param low tells keys apart together with {@code high}
   */
  private record Key(long high, long low) {}

  /** What is kept for a key, made at its first sight; empty if the key is not of the sample. */
  Optional<T> at(long high, long low, Supplier<T> make) {
    if (!isKept(high)) {
      return Optional.empty();
    }
    T value = kept.computeIfAbsent(new Key(high, low), key -> make.get());
    while (kept.size() > limit) {
      zeros++;
      kept.keySet().removeIf(key -> !isKept(key.high()));
    }
    return isKept(high) ? Optional.of(value) : Optional.empty();
  }

  private boolean isKept(long high) {
    return zeros == 0 || high >>> (Long.SIZE - zeros) == 0;
  }

  /** Number of keys kept. */
  int size() {
    return kept.size();
  }

  /** What is kept. */
  Collection<T> values() {
    return kept.values();
  }

  /** One in so many keys is kept. */
  long oneIn() {
    return 1L << zeros;
  }

  /** About how many different keys there were; exact as long as all are kept. */
  long distinct() {
    return kept.size() * oneIn();
  }

  /** In words, for evidence: what part of something was looked at. */
  String words(String what) {
    return zeros == 0 ? "all " + what : "a sample of %s by hash, 1 in %d".formatted(what, oneIn());
  }
}
