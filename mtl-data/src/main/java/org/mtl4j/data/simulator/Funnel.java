package org.mtl4j.data.simulator;

/**
 * The shop's truth: impression, click, then dwell and cart, purchase, rating. Each stage is a
 * logistic (dwell: log-linear) function of tastes, price, stock and context, given the one before.
 *
 * <p>The stages are related, for they share tastes and people, and they conflict: a high price and
 * a loud picture invite clicks and hinder purchases, people click on the phone and buy at the desk.
 */
final class Funnel {
  private static final double[] CLICK_BY_DEVICE = {0.15, -0.15, 0.0};
  private static final double[] PURCHASE_BY_DEVICE = {-0.3, 0.4, 0.1};
  private static final double[] CLICK_BY_SLOT = {0.0, 0.4, -0.25};
  private static final double[] CART_BY_SLOT = {0.0, 0.3, -0.1};

  private final Shop shop;
  private final Rates rates;

  /**
   * A funnel.
   *
   * @param rates the stages' intercepts
   */
  Funnel(Shop shop, Rates rates) {
    this.shop = shop;
    this.rates = rates;
  }

  /** What an impression's labels are drawn from. */
  Truth truth(Impression shown) {
    return new Truth(
        sigmoid(rates.click() + clickLogit(shown)),
        dwell(shown),
        sigmoid(rates.cart() + cartLogit(shown)),
        sigmoid(rates.purchase() + purchaseLogit(shown)),
        rating(shown));
  }

  /** The logit of a click, without its intercept. */
  double clickLogit(Impression shown) {
    Visit visit = shown.visit();
    Shelf items = shop.items();
    double evening = StrictMath.cos(2 * StrictMath.PI * (visit.hour() - 20) / 24.0);
    double days = items.ageDays(shown.item(), visit.day());
    return 0.9 * affinity(shown, shop.tastes().click())
        + 0.25 * items.appeal(shown.item())
        + 0.2 * shop.people().clicky(shown.user())
        + 0.35 * items.priceScore(shown.item())
        - 0.5 * StrictMath.log(shown.position())
        + 0.3 * StrictMath.exp(-days / 14)
        + 0.12 * evening
        + CLICK_BY_DEVICE[visit.device()]
        + CLICK_BY_SLOT[visit.slot()];
  }

  /** The logit of a cart given a click, without its intercept. */
  double cartLogit(Impression shown) {
    int stock = shop.items().stock(shown.item());
    double scarcity = stock == 0 ? -1.5 : stock < 5 ? 0.35 : 0;
    return 0.6 * affinity(shown, shop.tastes().cart())
        + 0.35 * shop.people().decided(shown.user())
        + 0.2 * shop.items().quality(shown.item())
        - 0.4 * shop.items().priceScore(shown.item())
        + scarcity
        + CART_BY_SLOT[shown.visit().slot()];
  }

  /** The logit of a purchase given a cart, without its intercept. */
  double purchaseLogit(Impression shown) {
    double thrift = shop.people().thrift(shown.user());
    return 0.5 * affinity(shown, shop.tastes().purchase())
        + 0.4 * shop.people().decided(shown.user())
        + 0.3 * shop.items().quality(shown.item())
        - 0.7 * thrift * shop.items().priceScore(shown.item())
        + (shop.items().stock(shown.item()) == 0 ? -1 : 0)
        + PURCHASE_BY_DEVICE[shown.visit().device()];
  }

  private double dwell(Impression shown) {
    double logSeconds =
        StrictMath.log(30)
            + 0.35 * affinity(shown, shop.tastes().dwell())
            + 0.2 * shop.items().quality(shown.item())
            + 0.1 * shop.items().priceScore(shown.item())
            - (shown.visit().device() == 0 ? 0.25 : 0);
    double spread = Outcome.DWELL_SPREAD;
    return StrictMath.exp(logSeconds + spread * spread / 2);
  }

  private double rating(Impression shown) {
    double logit =
        0.9
            + 0.6 * affinity(shown, shop.tastes().rating())
            + 0.6 * shop.items().quality(shown.item())
            - 0.25 * shop.items().priceScore(shown.item());
    return 1 + 4 * sigmoid(logit);
  }

  private double affinity(Impression shown, double[] weights) {
    return shop.affinity(shown.user(), shown.item(), weights);
  }

  static double sigmoid(double logit) {
    return 1 / (1 + StrictMath.exp(-logit));
  }
}
