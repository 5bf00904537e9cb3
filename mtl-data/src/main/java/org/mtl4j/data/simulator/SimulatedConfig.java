package org.mtl4j.data.simulator;

import java.util.Optional;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;

/**
 * The keys of a {@code simulated} source.
 *
 * @param users people who may visit, at least 10
 * @param items items that may be shown, at least 20
 * @param impressions rows of the log: one item shown to one person, at least 1
 * @param seed everything is drawn from it: equal configurations give equal logs
 * @param conflict 0 to 1: how far what people do after a click turns against what they click at. At
 *     0.5 the one says nothing of the other, at 1 carts, purchases, ratings and long looks go to
 *     what is clicked least
 * @param market another market of the same shop; by default the log is the shop's own
 */
@Summary("The log of a made-up shop, with the true probabilities of every event.")
public record SimulatedConfig(
    @Default("2000") int users,
    @Default("1000") int items,
    @Default("100000") int impressions,
    @Default("1") long seed,
    @Default("0") double conflict,
    Optional<MarketConfig> market) {
  /** 2,000 users, 1,000 items, 100,000 impressions, seed 1, no conflict. */
  public static final SimulatedConfig DEFAULTS = new SimulatedConfig(2_000, 1_000, 100_000, 1, 0);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public SimulatedConfig {
    checkAtLeast("users", 10, users);
    checkAtLeast("items", 20, items);
    checkAtLeast("impressions", 1, impressions);
    if (!(conflict >= 0 && conflict <= 1)) {
      throw new IllegalArgumentException(
          "conflict: expected a number from 0 to 1, found " + conflict);
    }
  }

  /** The shop's own log. */
  public SimulatedConfig(int users, int items, int impressions, long seed, double conflict) {
    this(users, items, impressions, seed, conflict, Optional.empty());
  }

  /** The same shop with another number of impressions. */
  public SimulatedConfig withImpressions(int more) {
    return new SimulatedConfig(users, items, more, seed, conflict, market);
  }

  /** The same sizes with another seed. */
  public SimulatedConfig withSeed(long other) {
    return new SimulatedConfig(users, items, impressions, other, conflict, market);
  }

  /** The same shop with another conflict. */
  public SimulatedConfig withConflict(double other) {
    return new SimulatedConfig(users, items, impressions, seed, other);
  }

  private static void checkAtLeast(String key, int least, int found) {
    if (found < least) {
      throw new IllegalArgumentException(key + ": expected at least " + least + ", found " + found);
    }
  }
}
