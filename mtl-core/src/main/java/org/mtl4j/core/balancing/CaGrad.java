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
 * balancing. With c = 0 it is plain gradient descent.
 *
 * @param c at least 0 and below 1
 */
public record CaGrad(@Default("0.5") double c) implements LossBalancing {
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
    for (int i = 0; i < n; i++) {
      withMean[i] = Arrays.stream(gram[i]).sum() / n;
      square += withMean[i] / n;
    }
    double[] result = new double[n];
    Arrays.fill(result, 1);
    double radius = c * Math.sqrt(Math.max(0, square));
    if (radius == 0) {
      return result;
    }
    double[] w = Simplex.minimum(gram, withMean, radius);
    double length = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        length += w[i] * w[j] * gram[i][j];
      }
    }
    for (int i = 0; i < n; i++) {
      // The mean gradient has 1 / n of each; where |gw| is 0 the best is to go along g0.
      double towards = length > 0 ? n * radius / Math.sqrt(length) * w[i] : c;
      result[i] = (1 + towards) / (1 + c);
    }
    return result;
  }
}
