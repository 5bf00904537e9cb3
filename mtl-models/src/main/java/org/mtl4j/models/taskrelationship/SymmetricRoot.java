package org.mtl4j.models.taskrelationship;

/**
 * The square root of a symmetric matrix without negative eigenvalues, by Jacobi's rotations: each
 * makes one element beside the diagonal 0, until all are as good as 0. For few rows.
 */
final class SymmetricRoot {
  /** Each sweep squares what is left beside the diagonal; ten are plenty. */
  private static final int SWEEPS = 60;

  private final double[][] matrix;
  private final double[][] vectors;

  private SymmetricRoot(double[][] matrix) {
    int n = matrix.length;
    this.matrix = new double[n][];
    this.vectors = new double[n][n];
    for (int i = 0; i < n; i++) {
      this.matrix[i] = matrix[i].clone();
      vectors[i][i] = 1;
    }
  }

  /**
   * The root, symmetric and without negative eigenvalues itself; what rounding has made of an
   * eigenvalue of 0 is taken for 0.
   *
   * @param matrix symmetric, finite; it stays as it is
   */
  static double[][] of(double[][] matrix) {
    SymmetricRoot root = new SymmetricRoot(matrix);
    for (int sweep = 0; sweep < SWEEPS && root.rotateAll(); sweep++) {
      // Until nothing is left to rotate.
    }
    return root.compose();
  }

  /** Whether there was anything to rotate. */
  private boolean rotateAll() {
    boolean rotated = false;
    for (int p = 0; p < matrix.length; p++) {
      for (int q = p + 1; q < matrix.length; q++) {
        double scale = Math.abs(matrix[p][p]) + Math.abs(matrix[q][q]);
        if (Math.abs(matrix[p][q]) > Math.ulp(scale)) {
          rotate(p, q);
          rotated = true;
        }
      }
    }
    return rotated;
  }

  /** Turns rows and columns p and q by the angle that makes their element 0. */
  private void rotate(int p, int q) {
    double theta = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
    double tangent = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(theta, 1));
    double cosine = 1 / Math.hypot(tangent, 1);
    double sine = tangent * cosine;
    for (double[] row : matrix) {
      turn(row, p, q, cosine, sine);
    }
    for (int k = 0; k < matrix.length; k++) {
      double atP = matrix[p][k];
      double atQ = matrix[q][k];
      matrix[p][k] = cosine * atP - sine * atQ;
      matrix[q][k] = sine * atP + cosine * atQ;
    }
    matrix[p][q] = 0;
    matrix[q][p] = 0;
    for (double[] row : vectors) {
      turn(row, p, q, cosine, sine);
    }
  }

  private static void turn(double[] row, int p, int q, double cosine, double sine) {
    double atP = row[p];
    row[p] = cosine * atP - sine * row[q];
    row[q] = sine * atP + cosine * row[q];
  }

  /** Eigenvectors times the roots of their eigenvalues times eigenvectors. */
  private double[][] compose() {
    int n = matrix.length;
    double[][] root = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        for (int k = 0; k < n; k++) {
          root[i][j] += vectors[i][k] * Math.sqrt(Math.max(0, matrix[k][k])) * vectors[j][k];
        }
        root[j][i] = root[i][j];
      }
    }
    return root;
  }
}
