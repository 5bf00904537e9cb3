package org.mtl4j.data.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.provenance.Seed;

/** The items of the shop, one array a property. */
final class Shelf {
  /** Usual price of each category. */
  private static final double[] USUAL_PRICE = {70, 55, 400, 800, 18, 25, 45, 60};

  private static final double OLDEST_DAYS = 365;

  private final Arrivals arrivals;
  private final int[] category;
  private final int[] brand;
  private final double[] price;
  private final int[] stock;
  private final double[][] character;
  private final double[] appeal;
  private final double[] quality;
  private final double[] listedDay;
  private final int[] popularity;
  private final double[] exposure;

  Shelf(int count, TasteSpace space, Seed seed, Optional<MarketConfig> market) {
    arrivals = new Arrivals(count);
    category = new int[count];
    brand = new int[count];
    price = new double[count];
    stock = new int[count];
    character = new double[count][];
    appeal = new double[count];
    quality = new double[count];
    listedDay = new double[count];
    popularity = new int[count];
    double[] shown = new double[count];
    Draws draws = new Draws(seed);
    Draws abroad = new Draws(seed.child("market/" + market.map(MarketConfig::seed).orElse(0L)));
    for (int i = 0; i < count; i++) {
      category[i] = draws.between(0, TasteSpace.CATEGORIES.size());
      brand[i] = draws.between(0, TasteSpace.BRANDS.size());
      price[i] = cents(USUAL_PRICE[category[i]] * StrictMath.exp(0.45 * draws.gaussian()));
      stock[i] = draws.chance(0.25) ? draws.between(0, 5) : draws.between(5, 100);
      character[i] = space.item(category[i], brand[i], draws);
      appeal[i] = draws.gaussian();
      // A loud picture often hides a plain product.
      quality[i] = -0.3 * appeal[i] + 0.95 * draws.gaussian();
      if (market.isPresent()) {
        sell(i, market.get(), space, abroad);
      }
      list(i, draws);
      double attention = draws.gaussian();
      shown[i] = StrictMath.exp(0.5 * (market.isPresent() ? abroad.gaussian() : attention));
    }
    exposure = Draws.cumulative(shown);
  }

  /** What an item is to the people of another market. */
  private void sell(int item, MarketConfig market, TasteSpace space, Draws abroad) {
    double[] other = space.item(category[item], brand[item], abroad);
    character[item] = market.blend(character[item], other);
    appeal[item] = market.blend(appeal[item], abroad.gaussian());
    quality[item] = market.blend(quality[item], abroad.gaussian());
  }

  /** Sets since when an item is on the shelf, and how often it was looked at before the log. */
  private void list(int item, Draws draws) {
    double arrival = arrivals.of(item);
    double daysBefore = OLDEST_DAYS * draws.uniform();
    double looks = 40 * StrictMath.exp(0.8 * appeal[item] + 0.3 * draws.gaussian());
    listedDay[item] = arrival > 0 ? arrival * Visit.LOG_DAYS : -daysBefore;
    popularity[item] = arrival > 0 ? 0 : (int) looks;
  }

  /** Draws which item is shown at a time, 0 to 1 of the log. */
  int draw(double time, Draws draws) {
    return draws.pick(exposure, arrivals.active(time));
  }

  int count() {
    return price.length;
  }

  String id(int item) {
    return "i" + item;
  }

  String category(int item) {
    return TasteSpace.CATEGORIES.get(category[item]);
  }

  String brand(int item) {
    return TasteSpace.BRANDS.get(brand[item]);
  }

  double price(int item) {
    return price[item];
  }

  /** The price's logarithm from that of 72, in units of its usual spread. */
  double priceScore(int item) {
    return (StrictMath.log(price[item]) - 4.28) / 1.28;
  }

  /** Pieces left. */
  int stock(int item) {
    return stock[item];
  }

  double[] character(int item) {
    return character[item];
  }

  /** How much the picture invites a click: mean 0, deviation 1. */
  double appeal(int item) {
    return appeal[item];
  }

  /** How good the product is: mean 0, deviation 1. */
  double quality(int item) {
    return quality[item];
  }

  /** Looks in the month before the log; 0 for an item that was not there yet. */
  int popularity(int item) {
    return popularity[item];
  }

  /** Days since the item was listed, at a day of the log. */
  double ageDays(int item, double day) {
    return Math.max(0, day - listedDay[item]);
  }

  /** The item's columns at the end of the log. */
  Map<String, Object> row(int item) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("item_id", id(item));
    row.put("category", category(item));
    row.put("brand", brand(item));
    row.put("price", price(item));
    row.put("stock", stock(item));
    row.put("popularity", popularity(item));
    row.put("item_age_days", StrictMath.floor(ageDays(item, Visit.LOG_DAYS)));
    return row;
  }

  private static double cents(double price) {
    return StrictMath.rint(price * 100) / 100;
  }
}
