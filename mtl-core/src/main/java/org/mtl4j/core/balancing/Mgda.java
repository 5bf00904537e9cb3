package org.mtl4j.core.balancing;

import org.mtl4j.core.config.Default;

/**
 * Multiple gradient descent: Sener and Koltun, "Multi-task learning as multi-objective
 * optimization", NeurIPS 2018, after Desideri, 2012. A step goes along the shortest convex
 * combination of the tasks' gradients, which makes no task worse; where that is 0, no direction
 * helps all. Weights are multiplied by the number of tasks, so that they have a mean of 1. A task
 * of small gradients decides: {@code normalize} is for losses of different scales.
 *
 * @param normalize whether gradients are taken at length 1
 */
public record Mgda(@Default("false") boolean normalize) implements LossBalancing {
  @Override
  public Balanced balance(Inputs inputs) {
    return GramBalancing.of(inputs, (gram, random) -> weights(gram, normalize));
  }

  static double[] weights(double[][] gram, boolean normalize) {
    int n = gram.length;
    double[][] products = new double[n][n];
    double[] lengths = new double[n];
    for (int i = 0; i < n; i++) {
      lengths[i] = normalize ? Math.sqrt(gram[i][i]) : 1;
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        products[i][j] = gram[i][j] / (lengths[i] * lengths[j]);
      }
    }
    double[] weights = Simplex.shortest(products);
    for (int i = 0; i < n; i++) {
      weights[i] *= n / lengths[i];
    }
    return weights;
  }
}
