package org.mtl4j.data.simulator;

import java.util.Arrays;

/** How each stage of the funnel weighs the dimensions of people's tastes. */
final class Tastes {
  private static final double[] CLICK = {1, 1, 1, 1};

  private final double[] dwell;
  private final double[] cart;
  private final double[] purchase;
  private final double[] rating;

  /**
   * The weights.
   *
   * @param conflict 0: as usual; 0.5: what goes along with clicks is taken out of the other stages;
   *     1: it is turned round in them
   */
  Tastes(double conflict) {
    dwell = turned(conflict, 1.2, 0.6, 1.2, 0.3);
    cart = turned(conflict, 1.2, 1.2, -0.6, 0.5);
    purchase = turned(conflict, 0.6, 1.4, -0.8, -0.6);
    rating = turned(conflict, 0.5, 1.4, 0.5, -1.0);
  }

  /** Clicks weigh all dimensions alike, so that the part along them is the mean. */
  private static double[] turned(double conflict, double... weights) {
    double along = Arrays.stream(weights).average().orElseThrow();
    return Arrays.stream(weights).map(weight -> weight - 2 * conflict * along).toArray();
  }

  double[] click() {
    return CLICK;
  }

  double[] dwell() {
    return dwell;
  }

  double[] cart() {
    return cart;
  }

  double[] purchase() {
    return purchase;
  }

  double[] rating() {
    return rating;
  }
}
