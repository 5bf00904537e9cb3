package org.mtl4j.core.balancing;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Minimises, over n weights w that are not negative and sum to 1,
 *
 * <pre>
 * b . w + c w' G w / 2,   G inner products of n vectors, c above 0
 * </pre>
 *
 * by Wolfe, "Finding the nearest point in a polytope", Mathematical Programming, 1976: the minimum
 * among combinations of a few vectors is solved for exactly; a vector along which the sum still
 * falls joins them, and one whose weight would be negative leaves. What is found is good to
 * rounding, where moves that each gain a little stop at the square root of it.
 */
final class Simplex {
  private static final double ROUNDING = 1e-14;
  private static final double DEPENDENT = 1e-13;

  private final double[][] gram;
  private final double[] linear;
  private double curvature;
  private double[] weights;

  /** Starts from the one vector that makes the sum smallest. */
  Simplex(double[][] gram, double[] linear, double curvature) {
    this.gram = gram;
    this.linear = linear;
    this.curvature = curvature;
    this.weights = new double[gram.length];
    int first = 0;
    for (int i = 1; i < gram.length; i++) {
      if (alone(i) < alone(first)) {
        first = i;
      }
    }
    weights[first] = 1;
  }

  /** The weights of the shortest vector among the convex combinations of n vectors. */
  static double[] shortest(double[][] gram) {
    return new Simplex(gram, new double[gram.length], 1).minimum();
  }

  /** The weights for another c, from those of the last one on. */
  double[] minimum(double otherCurvature) {
    curvature = otherCurvature;
    return minimum();
  }

  private double alone(int i) {
    return linear[i] + curvature * gram[i][i] / 2;
  }

  private double[] minimum() {
    int n = weights.length;
    boolean[] refused = new boolean[n];
    descend();
    // Each round lowers the sum, so that no set of vectors comes twice; the limit is for rounding.
    for (int round = 0; round < 20 * n; round++) {
      int joining = steepest(refused);
      if (joining < 0) {
        break;
      }
      double[] before = weights.clone();
      if (join(joining)) {
        Arrays.fill(refused, false);
      } else {
        weights = before;
        refused[joining] = true;
      }
    }
    return weights.clone();
  }

  /** Where the sum falls fastest; -1 where it falls nowhere by more than rounding. */
  private int steepest(boolean[] refused) {
    int n = weights.length;
    double[] slopes = new double[n];
    double[] errors = new double[n];
    double level = 0;
    double error = 0;
    for (int i = 0; i < n; i++) {
      slopes[i] = linear[i];
      errors[i] = Math.abs(linear[i]);
      for (int j = 0; j < n; j++) {
        double term = curvature * gram[i][j] * weights[j];
        slopes[i] += term;
        errors[i] += Math.abs(term);
      }
      level += weights[i] * slopes[i];
      error += weights[i] * errors[i];
    }
    int best = -1;
    for (int i = 0; i < n; i++) {
      if (!refused[i]
          && weights[i] == 0
          && level - slopes[i] > ROUNDING * (errors[i] + error)
          && (best < 0 || slopes[i] < slopes[best])) {
        best = i;
      }
    }
    return best;
  }

  /** Goes on with another vector; false if it is, up to rounding, a combination of the others. */
  private boolean join(int joining) {
    // A weight above 0 says that a vector takes part.
    weights[joining] = Double.MIN_NORMAL;
    return descend() && weights[joining] > 0;
  }

  /** To the minimum among combinations of the vectors of weight above 0, or of part of them. */
  private boolean descend() {
    while (true) {
      int[] part = IntStream.range(0, weights.length).filter(i -> weights[i] > 0).toArray();
      Optional<double[]> solved = among(part);
      if (solved.isEmpty()) {
        return false;
      }
      double[] target = solved.get();
      double amount = 1;
      int leaving = -1;
      for (int k = 0; k < part.length; k++) {
        double now = weights[part[k]];
        if (target[k] <= 0 && now <= amount * (now - target[k])) {
          amount = now / (now - target[k]);
          leaving = part[k];
        }
      }
      for (int k = 0; k < part.length; k++) {
        weights[part[k]] += amount * (target[k] - weights[part[k]]);
      }
      if (leaving < 0) {
        return true;
      }
      weights[leaving] = 0;
    }
  }

  /**
   * The weights, of sum 1 and of either sign, at which the sum is smallest; empty where it is so at
   * many. They are solved for as moves away from the shortest of the vectors, for differences from
   * a long one would be all that long one.
   */
  private Optional<double[]> among(int[] part) {
    int origin = shortest(part);
    int from = part[origin];
    int[] others = IntStream.of(part).filter(i -> i != from).toArray();
    int n = others.length;
    double[][] products = new double[n][n];
    double[] slopes = new double[n];
    double[] least = new double[n];
    for (int i = 0; i < n; i++) {
      int a = others[i];
      slopes[i] = (linear[from] - linear[a]) / curvature - gram[a][from] + gram[from][from];
      least[i] = DEPENDENT * (gram[a][a] + gram[from][from]);
      for (int j = 0; j < n; j++) {
        int b = others[j];
        products[i][j] = gram[a][b] - gram[a][from] - gram[b][from] + gram[from][from];
      }
    }
    return Cholesky.solve(products, slopes, least).map(moves -> with(moves, origin, part.length));
  }

  private int shortest(int[] part) {
    int shortest = 0;
    for (int k = 1; k < part.length; k++) {
      shortest = gram[part[k]][part[k]] < gram[part[shortest]][part[shortest]] ? k : shortest;
    }
    return shortest;
  }

  /** All weights: what others got, the origin lost. */
  private static double[] with(double[] moves, int origin, int size) {
    double[] result = new double[size];
    result[origin] = 1 - Arrays.stream(moves).sum();
    for (int k = 0, i = 0; k < size; k++) {
      if (k != origin) {
        result[k] = moves[i++];
      }
    }
    return result;
  }
}
