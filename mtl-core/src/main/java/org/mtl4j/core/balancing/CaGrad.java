package org.mtl4j.core.balancing;

import java.util.Arrays;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.optimizer.Hyperparameters;

/**
 * Conflict-averse gradient descent: Liu, Liu, Jin, Stone and Liu, "Conflict-averse gradient descent
 * for multi-task learning", NeurIPS 2021. Among the directions no further than c |g0| from the mean
 * gradient g0 a step takes the one along which the task that gains least gains most:
 *
 * <pre>
 * d = g0 + c |g0| gw / |gw|,   gw = sum of w g,   w minimises gw . g0 + c |g0| |gw| on the simplex
 * </pre>
 *
 * times n / (1 + c), n the number of tasks, so that tasks that agree move as far as without
 * balancing. With c = 0 it is plain gradient descent, with c below 1 its limits are those of the
 * mean loss.
 *
 * <p>For a factor s, d = g0 + s gw with the w that minimises gw . g0 + s |gw|^2 / 2 is the same
 * direction for another radius, s |gw|, which grows with s: the s that belongs to c |g0| is found
 * by halving. Where tasks are opposed, gw may reach 0, many directions are as good, and d is the
 * one that is nearest to g0.
 *
 * @param c at least 0 and below 1
 */
public record CaGrad(@Default("0.5") double c) implements LossBalancing {
  private static final int HALVINGS = 100;

  /**
   * How long the parts of s gw may be, in |g0|: opposed gradients cancel, and what then is left of
   * them is the rounding of float32.
   */
  private static final double LONGEST_PARTS = 1e4;

  /** Checks the range. */
  public CaGrad {
    Hyperparameters.decay("c", c);
  }

  @Override
  public Balanced balance(Inputs inputs) {
    return GramBalancing.of(inputs, (gram, random) -> weights(gram, c));
  }

  static double[] weights(double[][] gram, double c) {
    int n = gram.length;
    double[] withMean = new double[n];
    double square = 0;
    double longest = 0;
    for (int i = 0; i < n; i++) {
      withMean[i] = Arrays.stream(gram[i]).sum() / n;
      square += withMean[i] / n;
      longest = Math.max(longest, Math.sqrt(gram[i][i]));
    }
    double mean = Math.sqrt(Math.max(0, square));
    double[] result = new double[n];
    Arrays.fill(result, 1);
    if (c * mean > 0) {
      double[] towards = towards(gram, withMean, new Ball(mean, c * mean, longest));
      for (int i = 0; i < n; i++) {
        // The mean gradient has 1 / n of each.
        result[i] = (1 + n * towards[i]) / (1 + c);
      }
    }
    return result;
  }

  /**
   * What is looked at.
   *
   * @param mean length of the mean gradient
   * @param radius how far a step may be from it
   * @param longest length of the longest gradient
   */
  private record Ball(double mean, double radius, double longest) {
    boolean holds(double[][] gram, double factor, double[] w) {
      double square = 0;
      double parts = 0;
      for (int i = 0; i < w.length; i++) {
        parts += w[i] * Math.sqrt(gram[i][i]);
        for (int j = 0; j < w.length; j++) {
          square += w[i] * w[j] * gram[i][j];
        }
      }
      return factor * Math.sqrt(Math.max(0, square)) <= radius
          && factor * parts <= LONGEST_PARTS * mean;
    }
  }

  /** The weights that s gw has. */
  private static double[] towards(double[][] gram, double[] withMean, Ball ball) {
    double low = ball.radius() / ball.longest();
    Simplex simplex = new Simplex(gram, withMean, low);
    double[] found = simplex.minimum(low);
    double high = low;
    while (ball.holds(gram, high, simplex.minimum(high))) {
      high *= 2;
    }
    for (int i = 0; i < HALVINGS && high > low; i++) {
      double factor = (low + high) / 2;
      double[] w = simplex.minimum(factor);
      if (ball.holds(gram, factor, w)) {
        low = factor;
        found = w;
      } else {
        high = factor;
      }
    }
    double factor = low;
    return Arrays.stream(found).map(x -> factor * x).toArray();
  }
}
