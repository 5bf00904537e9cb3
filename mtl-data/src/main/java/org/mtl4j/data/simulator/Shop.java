package org.mtl4j.data.simulator;

import java.util.Optional;
import org.mtl4j.core.provenance.Seed;

/** The shop before anybody visits: its people, its items, and how well the two go together. */
final class Shop {
  private static final int PAIRS = 4_000;

  private final Shoppers people;
  private final Shelf items;
  private final Tastes tastes;
  private final double scale;

  Shop(SimulatedConfig config, Seed seed) {
    TasteSpace space = new TasteSpace(seed.child("tastes"));
    Optional<MarketConfig> market = config.market();
    people = new Shoppers(config.users(), space, home(market, seed).child("users"), market);
    items = new Shelf(config.items(), space, seed.child("items"), market);
    tastes = new Tastes(config.conflict());
    scale = 1 / deviation(new Draws(seed.child("scale")));
  }

  /** Where the people of a market come from. */
  private static Seed home(Optional<MarketConfig> market, Seed seed) {
    return market.map(of -> seed.child("market/" + of.seed())).orElse(seed);
  }

  Shoppers people() {
    return people;
  }

  Shelf items() {
    return items;
  }

  /** How each stage weighs tastes. */
  Tastes tastes() {
    return tastes;
  }

  /**
   * How well an item suits a person in some respect.
   *
   * @param weights of the taste's dimensions; with those of clicks, the result's deviation is 1
   */
  double affinity(int user, int item, double[] weights) {
    return scale * product(user, item, weights);
  }

  private double product(int user, int item, double[] weights) {
    double[] taste = people.taste(user);
    double[] character = items.character(item);
    double sum = 0;
    for (int k = 0; k < TasteSpace.RANK; k++) {
      sum += weights[k] * taste[k] * character[k];
    }
    return sum;
  }

  /**
   * Of the product over pairs of a person and an item: with few segments it depends on the seed.
   */
  private double deviation(Draws draws) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < PAIRS; i++) {
      int user = draws.between(0, people.count());
      double product = product(user, draws.between(0, items.count()), tastes.click());
      sum += product;
      squares += product * product;
    }
    return StrictMath.sqrt(squares / PAIRS - (sum / PAIRS) * (sum / PAIRS));
  }
}
