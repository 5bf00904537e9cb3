package org.mtl4j.data.simulator;

import java.util.List;

/**
 * The lower triangular L of a correlation matrix R = L L': its rows mix orthonormal vectors into
 * unit vectors whose cosines are R.
 */
final class CorrelationRoot {
  /** How far below 0 rounding may take what is 0. */
  private static final double ROUNDING = 1e-9;

  private final double[][] root;

  /**
   * By Cholesky's method.
   *
   * @param below R's elements below the diagonal, row by row
   * @param size number of rows
   * @throws IllegalArgumentException if one is outside [-1, 1], or no vectors have such cosines
   */
  CorrelationRoot(List<Double> below, int size) {
    root = new double[size][size];
    root[0][0] = 1;
    int next = 0;
    for (int row = 1; row < size; row++) {
      double left = 1;
      for (int column = 0; column < row; column++) {
        double cosine = checked(below.get(next));
        next++;
        for (int k = 0; k < column; k++) {
          cosine -= root[row][k] * root[column][k];
        }
        double pivot = root[column][column];
        // A task that follows from the ones before it has no direction of its own to share.
        root[row][column] = pivot > 0 ? cosine / pivot : 0;
        boolean possible = pivot > 0 || Math.abs(cosine) <= ROUNDING;
        left -= root[row][column] * root[row][column];
        if (!possible || left < -ROUNDING) {
          throw new IllegalArgumentException(
              "correlations: expected those that some weights can have, found "
                  + below
                  + ", where task "
                  + (row + 1)
                  + " contradicts the ones before it");
        }
      }
      root[row][row] = left > ROUNDING ? StrictMath.sqrt(left) : 0;
    }
  }

  private static double checked(double cosine) {
    if (!(cosine >= -1 && cosine <= 1)) {
      throw new IllegalArgumentException(
          "correlations: expected numbers from -1 to 1, found " + cosine);
    }
    return cosine;
  }

  /** Sums of orthonormal vectors [size][n]: as many unit vectors with the cosines of R. */
  double[][] mix(double[][] orthonormal) {
    int size = root.length;
    double[][] mixed = new double[size][orthonormal[0].length];
    for (int row = 0; row < size; row++) {
      for (int k = 0; k <= row; k++) {
        for (int i = 0; i < mixed[row].length; i++) {
          mixed[row][i] += root[row][k] * orthonormal[k][i];
        }
      }
    }
    return mixed;
  }
}
