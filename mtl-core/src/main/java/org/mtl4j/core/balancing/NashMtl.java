package org.mtl4j.core.balancing;

import java.util.Arrays;

/**
 * Multi-task learning as a bargaining game: Navon, Shamsian, Achituve, Maron, Kawaguchi, Chechik
 * and Fetaya, ICML 2022. Weights a above 0 with
 *
 * <pre>
 * G a = 1 / a   element by element, G the inner products of the gradients
 * </pre>
 *
 * make the step the Nash bargaining solution, which does not depend on the scale of any loss. They
 * are where the convex function a' G a / 2 - sum of log a is smallest; Newton's method finds it.
 * The paper bounds the step's length; here weights are scaled to a mean of 1.
 */
public record NashMtl() implements LossBalancing {
  private static final int ITERATIONS = 100;
  private static final double RIDGE = 1e-9;

  @Override
  public Balanced balance(Inputs inputs) {
    return GramBalancing.of(inputs, (gram, random) -> weights(gram));
  }

  static double[] weights(double[][] gram) {
    int n = gram.length;
    double[] lengths = new double[n];
    double[][] cosines = new double[n][n];
    for (int i = 0; i < n; i++) {
      lengths[i] = Math.sqrt(gram[i][i]);
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        // The ridge: tasks exactly opposed have no solution, and the longest step is a finite one.
        cosines[i][j] = i == j ? 1 + RIDGE : gram[i][j] / (lengths[i] * lengths[j]);
      }
    }
    double[] a = bargain(cosines);
    for (int i = 0; i < n; i++) {
      a[i] /= lengths[i];
    }
    double mean = Arrays.stream(a).sum() / n;
    return Arrays.stream(a).map(x -> x / mean).toArray();
  }

  /** Newton's method with halved steps, from the solution of orthogonal gradients. */
  private static double[] bargain(double[][] cosines) {
    int n = cosines.length;
    double[] a = new double[n];
    Arrays.fill(a, 1);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double[] slope = new double[n];
      double[][] curve = new double[n][n];
      for (int i = 0; i < n; i++) {
        slope[i] = -1 / a[i];
        for (int j = 0; j < n; j++) {
          slope[i] += cosines[i][j] * a[j];
          curve[i][j] = cosines[i][j] + (i == j ? 1 / (a[i] * a[i]) : 0);
        }
      }
      double[] move = Cholesky.solve(curve, slope);
      double decrement = 0;
      for (int i = 0; i < n; i++) {
        decrement += move[i] * slope[i];
      }
      if (decrement < 1e-24) {
        break;
      }
      a = moved(cosines, a, move, decrement);
    }
    return a;
  }

  private static double[] moved(double[][] cosines, double[] a, double[] move, double decrement) {
    double now = value(cosines, a);
    double[] next = a;
    for (double size = 1; size > 1e-10; size /= 2) {
      next = new double[a.length];
      for (int i = 0; i < a.length; i++) {
        next[i] = a[i] - size * move[i];
      }
      if (Arrays.stream(next).allMatch(x -> x > 0)
          && value(cosines, next) <= now - 0.25 * size * decrement) {
        return next;
      }
    }
    return a;
  }

  private static double value(double[][] cosines, double[] a) {
    double value = 0;
    for (int i = 0; i < a.length; i++) {
      value -= Math.log(a[i]);
      for (int j = 0; j < a.length; j++) {
        value += a[i] * a[j] * cosines[i][j] / 2;
      }
    }
    return value;
  }
}
