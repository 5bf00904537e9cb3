package org.mtl4j.models.unsupervised;

import java.util.SplittableRandom;

/**
 * Centroids of rows: Lloyd's iterations from the beginnings of k-means++ (Arthur and Vassilvitskii,
 * SODA 2007), the best of a few by the sum of squared distances.
 *
 * @param clusters how many
 * @param dims numbers of a row
 * @param seed of the beginnings
 */
record KMeans(int clusters, int dims, long seed) {
  private static final int STARTS = 4;
  private static final int ITERATIONS = 30;

  /** Centroids and how far rows are from them. */
  private record Found(double[][] centroids, double inertia) {}

  /**
   * The centroids [clusters][dims].
   *
   * @param rows [n][dims], n at least the number of clusters
   */
  double[][] of(double[]... rows) {
    SplittableRandom random = new SplittableRandom(seed);
    Found best = null;
    for (int start = 0; start < STARTS; start++) {
      Found found = lloyd(rows, first(rows, random));
      if (best == null || found.inertia() < best.inertia()) {
        best = found;
      }
    }
    return best.centroids();
  }

  /** Rows drawn one by one, each by the squares of the distances to those before. */
  private double[][] first(double[][] rows, SplittableRandom random) {
    double[][] centroids = new double[clusters][];
    centroids[0] = rows[random.nextInt(rows.length)].clone();
    double[] nearest = new double[rows.length];
    for (int c = 1; c < clusters; c++) {
      double sum = 0;
      for (int row = 0; row < rows.length; row++) {
        double square = square(rows[row], centroids[c - 1]);
        nearest[row] = c == 1 ? square : Math.min(nearest[row], square);
        sum += nearest[row];
      }
      double left = random.nextDouble() * sum;
      int drawn = 0;
      while (drawn < rows.length - 1 && left >= nearest[drawn]) {
        left -= nearest[drawn++];
      }
      centroids[c] = rows[drawn].clone();
    }
    return centroids;
  }

  private Found lloyd(double[][] rows, double[]... centroids) {
    double inertia = Double.POSITIVE_INFINITY;
    for (int i = 0; i < ITERATIONS; i++) {
      double[][] sums = new double[clusters][dims];
      int[] sizes = new int[clusters];
      double now = 0;
      for (double[] row : rows) {
        int own = nearest(row, centroids);
        now += square(row, centroids[own]);
        sizes[own]++;
        for (int d = 0; d < dims; d++) {
          sums[own][d] += row[d];
        }
      }
      for (int c = 0; c < clusters; c++) {
        for (int d = 0; d < dims && sizes[c] > 0; d++) {
          centroids[c][d] = sums[c][d] / sizes[c];
        }
      }
      if (now == inertia) {
        break;
      }
      inertia = now;
    }
    return new Found(centroids, inertia);
  }

  /** The number of the centroid that a row is nearest to. */
  static int nearest(double[] row, double[]... centroids) {
    int best = 0;
    for (int c = 1; c < centroids.length; c++) {
      if (square(row, centroids[c]) < square(row, centroids[best])) {
        best = c;
      }
    }
    return best;
  }

  private static double square(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += (a[d] - b[d]) * (a[d] - b[d]);
    }
    return sum;
  }
}
