package org.mtl4j.data.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.provenance.Seed;

/** The people who visit the shop, one array a property. */
final class Shoppers {
  private static final double[] SEGMENT_SHARES = Draws.cumulative(0.25, 0.3, 0.3, 0.15);

  /** Of another market: older people. */
  private static final double[] MARKET_SHARES = Draws.cumulative(0.1, 0.2, 0.3, 0.4);

  private static final int[] YOUNGEST = {18, 28, 24, 60};
  private static final int[] OLDEST = {28, 50, 60, 85};
  private static final double[] THRIFT = {1.4, 1.1, 0.6, 0.9};

  private final Arrivals arrivals;
  private final String prefix;
  private final int[] segment;
  private final int[] gender;
  private final int[] age;
  private final double[][] taste;
  private final double[] clicky;
  private final double[] decided;
  private final double[] visits;

  Shoppers(int count, TasteSpace space, Seed seed, Optional<MarketConfig> market) {
    double[] shares = market.isPresent() ? MARKET_SHARES : SEGMENT_SHARES;
    prefix = market.map(of -> "m" + of.seed() + "-u").orElse("u");
    arrivals = new Arrivals(count);
    segment = new int[count];
    gender = new int[count];
    age = new int[count];
    taste = new double[count][];
    clicky = new double[count];
    decided = new double[count];
    double[] activity = new double[count];
    Draws draws = new Draws(seed);
    for (int u = 0; u < count; u++) {
      segment[u] = draws.pick(shares, shares.length);
      gender[u] = draws.between(0, TasteSpace.GENDERS.size());
      age[u] = draws.between(YOUNGEST[segment[u]], OLDEST[segment[u]]);
      taste[u] = space.person(segment[u], gender[u], (age[u] - 42) / 17.0, draws);
      clicky[u] = draws.gaussian();
      // Who clicks at everything decides for little of it.
      decided[u] = -0.5 * clicky[u] + 0.85 * draws.gaussian();
      activity[u] = StrictMath.exp(0.6 * draws.gaussian());
    }
    visits = Draws.cumulative(activity);
  }

  /** Draws who visits at a time, 0 to 1 of the log. */
  int draw(double time, Draws draws) {
    return draws.pick(visits, arrivals.active(time));
  }

  int count() {
    return age.length;
  }

  String id(int user) {
    return prefix + user;
  }

  String segment(int user) {
    return TasteSpace.SEGMENTS.get(segment[user]);
  }

  String gender(int user) {
    return TasteSpace.GENDERS.get(gender[user]);
  }

  /** In years. */
  int age(int user) {
    return age[user];
  }

  double[] taste(int user) {
    return taste[user];
  }

  /** How readily the person clicks: mean 0, deviation 1. */
  double clicky(int user) {
    return clicky[user];
  }

  /** How readily the person puts into the cart and buys: mean 0, deviation 1. */
  double decided(int user) {
    return decided[user];
  }

  /** How much a price hurts: about 1. */
  double thrift(int user) {
    return THRIFT[segment[user]];
  }

  /** The person's columns. */
  Map<String, Object> row(int user) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("user_id", id(user));
    row.put("segment", segment(user));
    row.put("gender", gender(user));
    row.put("age", age(user));
    return row;
  }
}
