package org.mtl4j.core.balancing;

import java.util.Arrays;

/**
 * Minimises, over weights that are not negative and sum to 1,
 *
 * <pre>
 * b . w + c sqrt(w' G w)   (c above 0)   or   w' G w / 2   (c = 0)
 * </pre>
 *
 * both convex for inner products G. Weight goes from the task whose slope is largest to the one
 * whose slope is smallest, as far as the minimum on that line, until no such move gains; n numbers
 * are touched a move. (Pairwise moves as in the sequential minimal optimisation of support vector
 * machines: Platt, 1998.)
 */
final class Simplex {
  private static final int MOVES = 10_000;
  private static final int HALVINGS = 60;
  private static final double PRECISION = 1e-12;

  private final double[][] gram;
  private final double[] linear;
  private final double factor;
  private final double[] weights;
  private final double[] products;

  private Simplex(double[][] gram, double[] linear, double factor) {
    this.gram = gram;
    this.linear = linear;
    this.factor = factor;
    this.weights = new double[gram.length];
    this.products = new double[gram.length];
    Arrays.fill(weights, 1.0 / gram.length);
    for (int i = 0; i < gram.length; i++) {
      products[i] = Arrays.stream(gram[i]).sum() / gram.length;
    }
  }

  /** The weights of the shortest vector among the convex combinations of n vectors. */
  static double[] shortest(double[][] gram) {
    return new Simplex(gram, new double[gram.length], 0).solve();
  }

  /** The weights at which {@code linear . w + factor sqrt(w' G w)} is smallest. */
  static double[] minimum(double[][] gram, double[] linear, double factor) {
    return new Simplex(gram, linear, factor).solve();
  }

  private double[] solve() {
    for (int move = 0; move < MOVES; move++) {
      double scale = scale(square());
      int to = 0;
      int from = -1;
      for (int i = 0; i < weights.length; i++) {
        if (slope(i, scale) < slope(to, scale)) {
          to = i;
        }
        if (weights[i] > 0 && (from < 0 || slope(i, scale) > slope(from, scale))) {
          from = i;
        }
      }
      double gain = slope(from, scale) - slope(to, scale);
      if (gain <= PRECISION * (Math.abs(slope(from, scale)) + Math.abs(slope(to, scale)))) {
        break;
      }
      move(from, to);
    }
    return weights;
  }

  private double square() {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * products[i];
    }
    return Math.max(0, sum);
  }

  /** What G w is multiplied by in the slope. */
  private double scale(double square) {
    return factor == 0 ? 1 : square == 0 ? 0 : factor / Math.sqrt(square);
  }

  private double slope(int task, double scale) {
    return linear[task] + scale * products[task];
  }

  private void move(int from, int to) {
    double along = products[to] - products[from];
    double curve = gram[to][to] - 2 * gram[to][from] + gram[from][from];
    double most = weights[from];
    double amount = factor == 0 ? shortestMove(along, curve, most) : bisect(from, to, along, curve);
    amount = Math.min(amount, most);
    weights[to] += amount;
    weights[from] = amount == most ? 0 : weights[from] - amount;
    for (int i = 0; i < weights.length; i++) {
      products[i] += amount * (gram[i][to] - gram[i][from]);
    }
  }

  private static double shortestMove(double along, double curve, double most) {
    return curve > 0 ? Math.min(most, -along / curve) : most;
  }

  /** Where the slope along the move turns, by halving. */
  private double bisect(int from, int to, double along, double curve) {
    double square = square();
    double tilt = linear[to] - linear[from];
    double low = 0;
    double high = weights[from];
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      double squareThere = Math.max(0, square + 2 * middle * along + middle * middle * curve);
      double slope = tilt + scale(squareThere) * (along + middle * curve);
      if (slope < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    // Weights at their bound are to be exactly there.
    return high == weights[from] ? high : (low + high) / 2;
  }
}
