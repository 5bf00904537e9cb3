package org.mtl4j.data.simulator;

import org.mtl4j.core.config.Default;

/**
 * Another market of the same shop: the same items, seen by other people with other eyes.
 *
 * @param seed what is the market's own is drawn from it, and the people's ids begin with it
 * @param shared correlation of an item's appeal, quality and character with those of the shop, 0 to
 *     1
 * @param clicks share of impressions that are clicked, between 0 and 1
 */
public record MarketConfig(
    @Default("1") long seed, @Default("0.8") double shared, @Default("0.05") double clicks) {
  /**
   * Checks the shares.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public MarketConfig {
    if (!(shared >= 0 && shared <= 1)) {
      throw new IllegalArgumentException("shared: expected 0 to 1, found " + shared);
    }
    if (!(clicks > 0 && clicks < 1)) {
      throw new IllegalArgumentException("clicks: expected between 0 and 1, found " + clicks);
    }
  }

  /** A property of deviation 1 here, given that in the shop and another draw of it. */
  double blend(double shop, double own) {
    return shared * shop + StrictMath.sqrt(1 - shared * shared) * own;
  }

  /** The same of a vector. */
  double[] blend(double[] shop, double[] own) {
    double[] blended = new double[shop.length];
    for (int i = 0; i < blended.length; i++) {
      blended[i] = blend(shop[i], own[i]);
    }
    return blended;
  }
}
