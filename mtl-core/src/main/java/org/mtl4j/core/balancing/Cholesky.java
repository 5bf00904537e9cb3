package org.mtl4j.core.balancing;

import java.util.Optional;

/** Solves equations with a symmetric positive definite matrix. */
final class Cholesky {
  private Cholesky() {}

  /** x with {@code matrix x = right}; both arguments stay as they are. */
  static double[] solve(double[][] matrix, double[] right) {
    return solve(matrix, right, new double[right.length])
        .orElseThrow(() -> new IllegalArgumentException("the matrix is not positive definite"));
  }

  /**
   * The same where the matrix may be singular.
   *
   * @param least for each row: what is left of its diagonal element, once the rows above are taken
   *     out of it, has to be above this
   * @return empty for a matrix that is singular in that sense
   */
  static Optional<double[]> solve(double[][] matrix, double[] right, double[] least) {
    int n = right.length;
    double[][] lower = new double[n][n];
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        if (i == j && !(sum > least[i])) {
          return Optional.empty();
        }
        lower[i][j] = i == j ? Math.sqrt(sum) : sum / lower[j][j];
      }
      double sum = right[i];
      for (int k = 0; k < i; k++) {
        sum -= lower[i][k] * x[k];
      }
      x[i] = sum / lower[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      double sum = x[i];
      for (int k = i + 1; k < n; k++) {
        sum -= lower[k][i] * x[k];
      }
      x[i] = sum / lower[i][i];
    }
    return Optional.of(x);
  }
}
