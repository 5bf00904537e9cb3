package org.mtl4j.data.simulator;

/**
 * What the labels of an impression are drawn from.
 *
 * @param click P(click)
 * @param dwell E(dwell in seconds | click)
 * @param cart P(cart | click)
 * @param purchase P(purchase | cart)
 * @param rating E(rating | purchase), 1 to 5
 */
record Truth(double click, double dwell, double cart, double purchase, double rating) {
  /** P(click and cart). */
  double throughCart() {
    return click * cart;
  }

  /** P(click, cart and purchase). */
  double throughPurchase() {
    return throughCart() * purchase;
  }
}
