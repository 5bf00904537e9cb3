package org.mtl4j.server.routing;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * Shares of traffic: which variant a key, a user's or else a request's id, belongs to. The same key
 * has the same variant on every server, at any time and in any order, as long as name and shares
 * are the same; another name draws anew, so that two experiments do not pick the same users. A
 * share that grows takes keys from its neighbours and gives none of its own away. Immutable.
 *
 * @param name what keys are hashed with
 * @param variants one at least; their shares sum to 1
 */
public record Split(String name, List<Variant> variants) {
  private static final double SUM = 1e-9;

  /** 2^53: as many numbers from 0 to 1 as a double tells apart. */
  private static final double RANGE = 0x1p53;

  /**
   * A side.
   *
   * @param name that replies and feedback have
   * @param label of the version that answers
   * @param share of keys, 0 to 1
   */
  public record Variant(String name, String label, double share) {
    /**
     * Checks the share.
     *
     * @throws IllegalArgumentException if it is not from 0 to 1, or a name is empty
     */
    public Variant {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException(
            "%s: expected a share from 0 to 1, found %s".formatted(name, share));
      }
      if (name.isEmpty() || label.isEmpty()) {
        throw new IllegalArgumentException("expected a name and a label, found an empty one");
      }
    }
  }

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is no variant, two have one name, or their shares do
   *     not sum to 1
   */
  public Split {
    variants = List.copyOf(variants);
    double sum = variants.stream().mapToDouble(Variant::share).sum();
    if (!(Math.abs(sum - 1) <= SUM)) {
      throw new IllegalArgumentException("share: expected the sum 1, found " + sum);
    }
    if (variants.stream().map(Variant::name).distinct().count() < variants.size()) {
      throw new IllegalArgumentException("name: expected different ones, found one twice");
    }
  }

  /**
   * Most traffic to one version and a share to another.
   *
   * @param name of the experiment
   * @param stable the label of the one
   * @param canary that of the other
   * @param share of the other
   * @throws IllegalArgumentException if the share is not from 0 to 1
   */
  public static Split canary(String name, String stable, String canary, double share) {
    // The canary's keys are those below its share: they stay its own when the share grows.
    return new Split(
        name, List.of(new Variant(canary, canary, share), new Variant(stable, stable, 1 - share)));
  }

  /** The variant of a key. */
  public Variant of(String key) {
    double drawn = drawn(key);
    double end = 0;
    for (Variant variant : variants) {
      end += variant.share();
      if (drawn < end) {
        return variant;
      }
    }
    // The shares' sum was rounded down.
    return variants.stream().filter(v -> v.share() > 0).reduce((a, b) -> b).orElseThrow();
  }

  /** The variant of a key, and then the others, for when that one cannot answer. */
  public List<Variant> inOrder(String key) {
    Variant own = of(key);
    return Stream.concat(Stream.of(own), variants.stream().filter(other -> !other.equals(own)))
        .toList();
  }

  /** From 0, below 1. The length in front keeps name and key apart. */
  private double drawn(String key) {
    long hash =
        Hashing.sha256()
            .hashString("%d:%s%s".formatted(name.length(), name, key), StandardCharsets.UTF_8)
            .asLong();
    return (hash >>> 11) / RANGE;
  }
}
