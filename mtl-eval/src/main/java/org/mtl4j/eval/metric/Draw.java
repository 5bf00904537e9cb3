package org.mtl4j.eval.metric;

/** Drawing without replacement, as the places at the top of a tie are drawn from its rows. */
final class Draw {
  private Draw() {}

  /**
   * The probability that none of the marked is drawn: C(size - marked, drawn) / C(size, drawn), one
   * factor after the other, as the numbers themselves would overflow.
   */
  static double missProbability(int size, int marked, int drawn) {
    double probability = 1;
    for (int i = 0; i < drawn && probability > 0; i++) {
      probability *= Math.max(0, size - marked - i) / (double) (size - i);
    }
    return probability;
  }
}
