package org.mtl4j.data.simulator;

/**
 * What happened after an impression. A stage that was not reached is NaN.
 *
 * @param click 0 or 1
 * @param dwell seconds on the item's page, given a click
 * @param cart 0 or 1, given a click
 * @param purchase 0 or 1, given a cart
 * @param rating 1 to 5, given a purchase
 */
record Outcome(double click, double dwell, double cart, double purchase, double rating) {
  /** Spread of the logarithm of dwell times around their median. */
  static final double DWELL_SPREAD = 0.6;

  private static final Outcome NO_CLICK =
      new Outcome(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /** Draws each stage given the one before. */
  static Outcome draw(Truth truth, Draws draws) {
    if (!draws.chance(truth.click())) {
      return NO_CLICK;
    }
    double dwell = dwell(truth.dwell(), draws);
    if (!draws.chance(truth.cart())) {
      return new Outcome(1, dwell, 0, Double.NaN, Double.NaN);
    }
    if (!draws.chance(truth.purchase())) {
      return new Outcome(1, dwell, 1, 0, Double.NaN);
    }
    return new Outcome(1, dwell, 1, 1, rating(truth.rating(), draws));
  }

  /** Log-normal with the mean given, to a tenth of a second. */
  private static double dwell(double mean, Draws draws) {
    double median = mean * StrictMath.exp(-DWELL_SPREAD * DWELL_SPREAD / 2);
    double seconds = median * StrictMath.exp(DWELL_SPREAD * draws.gaussian());
    return StrictMath.rint(seconds * 10) / 10;
  }

  /** One star, and one more for each of four draws that succeed. */
  private static double rating(double mean, Draws draws) {
    double stars = 1;
    for (int i = 0; i < 4; i++) {
      stars += draws.chance((mean - 1) / 4) ? 1 : 0;
    }
    return stars;
  }
}
