package org.mtl4j.models.taskrelationship;

/** The closed form of a covariance of tasks from their weights. */
final class TaskCovariance {
  private TaskCovariance() {}

  /**
   * (W' W)^(1/2) / tr((W' W)^(1/2)); where all weights are 0 the identity over the number of tasks.
   *
   * @param weights W' [tasks, units], row by row
   * @return [tasks, tasks], row by row: symmetric, of trace 1, without negative eigenvalues
   */
  static double[] of(double[] weights, int tasks) {
    double[][] root = SymmetricRoot.of(products(weights, tasks));
    double trace = 0;
    for (int t = 0; t < tasks; t++) {
      trace += root[t][t];
    }
    double[] covariance = new double[tasks * tasks];
    for (int s = 0; s < tasks; s++) {
      for (int t = 0; t < tasks; t++) {
        double unrelated = s == t ? 1.0 / tasks : 0;
        covariance[s * tasks + t] = trace > 0 ? root[s][t] / trace : unrelated;
      }
    }
    return covariance;
  }

  /** W' W. */
  private static double[][] products(double[] weights, int tasks) {
    int units = weights.length / tasks;
    double[][] products = new double[tasks][tasks];
    for (int s = 0; s < tasks; s++) {
      for (int t = 0; t < tasks; t++) {
        for (int u = 0; u < units; u++) {
          products[s][t] += weights[s * units + u] * weights[t * units + u];
        }
      }
    }
    return products;
  }
}
