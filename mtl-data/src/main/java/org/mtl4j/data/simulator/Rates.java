package org.mtl4j.data.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Intercepts of the funnel's stages, chosen so that a shop of any seed has a shop's rates: a tenth
 * of impressions is clicked, a fifth of clicks put into the cart, rather more than half of carts
 * bought.
 *
 * @param click of the click's logit
 * @param cart of the cart's
 * @param purchase of the purchase's
 */
record Rates(double click, double cart, double purchase) {
  private static final double CLICKS = 0.10;
  private static final double CARTS = 0.20;
  private static final double PURCHASES = 0.55;

  /**
   * Fits the intercepts.
   *
   * @param traffic requests to fit them to; a thousand give rates within a few hundredths of theirs
   * @param market whose share of clicks it is, if it is not the shop's own
   */
  static Rates fit(Shop shop, Traffic traffic, Optional<MarketConfig> market) {
    Funnel bare = new Funnel(shop, new Rates(0, 0, 0));
    List<Impression> sample = sample(traffic);
    double[] weights = new double[sample.size()];
    Arrays.fill(weights, 1);
    double clicks = market.map(MarketConfig::clicks).orElse(CLICKS);
    double click = stage(sample.stream().mapToDouble(bare::clickLogit).toArray(), weights, clicks);
    double cart = stage(sample.stream().mapToDouble(bare::cartLogit).toArray(), weights, CARTS);
    double purchase =
        stage(sample.stream().mapToDouble(bare::purchaseLogit).toArray(), weights, PURCHASES);
    return new Rates(click, cart, purchase);
  }

  private static List<Impression> sample(Traffic traffic) {
    List<Impression> sample = new ArrayList<>();
    for (int i = 0; i < traffic.requests(); i++) {
      Draws draws = traffic.draws(i);
      sample.addAll(traffic.page(traffic.visit(i, draws), draws));
    }
    return sample;
  }

  /**
   * The intercept at which the weighted mean probability is the rate; the weights are then
   * multiplied by the probabilities, which makes them those of the next stage.
   */
  private static double stage(double[] logits, double[] weights, double rate) {
    double low = -20;
    double high = 20;
    for (int step = 0; step < 60; step++) {
      double middle = (low + high) / 2;
      if (meanProbability(logits, weights, middle) < rate) {
        low = middle;
      } else {
        high = middle;
      }
    }
    for (int i = 0; i < logits.length; i++) {
      weights[i] *= Funnel.sigmoid(logits[i] + low);
    }
    return low;
  }

  private static double meanProbability(double[] logits, double[] weights, double intercept) {
    double sum = 0;
    double total = 0;
    for (int i = 0; i < logits.length; i++) {
      sum += weights[i] * Funnel.sigmoid(logits[i] + intercept);
      total += weights[i];
    }
    return sum / total;
  }
}
