package org.mtl4j.core.balancing;

import java.util.Arrays;

/**
 * The shortest vector among the convex combinations of n vectors, by their inner products. Weight
 * goes from the vector that is furthest along the present combination to the one that is least so,
 * as far as that shortens it, until no such move gains; n numbers are touched a move. (Pairwise
 * moves as in the sequential minimal optimisation of support vector machines: Platt, 1998.)
 */
final class Simplex {
  private static final int MOVES = 100_000;
  private static final double PRECISION = 1e-13;

  private final double[][] gram;
  private final double[] weights;
  private final double[] products;

  private Simplex(double[][] gram) {
    int n = gram.length;
    this.gram = gram;
    this.weights = new double[n];
    this.products = new double[n];
    Arrays.fill(weights, 1.0 / n);
    for (int i = 0; i < n; i++) {
      products[i] = Arrays.stream(gram[i]).sum() / n;
    }
  }

  /** Its weights, not negative and of sum 1. */
  static double[] shortest(double[][] gram) {
    return new Simplex(gram).solve();
  }

  private double[] solve() {
    double scale = 0;
    for (int i = 0; i < weights.length; i++) {
      scale = Math.max(scale, gram[i][i]);
    }
    for (int move = 0; move < MOVES; move++) {
      int to = 0;
      int from = -1;
      for (int i = 0; i < weights.length; i++) {
        if (products[i] < products[to]) {
          to = i;
        }
        if (weights[i] > 0 && (from < 0 || products[i] > products[from])) {
          from = i;
        }
      }
      if (products[from] - products[to] <= PRECISION * scale) {
        break;
      }
      move(from, to);
    }
    return weights;
  }

  private void move(int from, int to) {
    double curve = gram[to][to] - 2 * gram[to][from] + gram[from][from];
    double gain = products[from] - products[to];
    double all = weights[from];
    double amount = gain < all * curve ? gain / curve : all;
    weights[to] += amount;
    weights[from] = amount == all ? 0 : all - amount;
    for (int i = 0; i < weights.length; i++) {
      products[i] += amount * (gram[i][to] - gram[i][from]);
    }
  }
}
