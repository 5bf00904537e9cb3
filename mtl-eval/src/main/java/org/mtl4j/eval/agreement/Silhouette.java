package org.mtl4j.eval.agreement;

import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The mean silhouette of a clustering (Rousseeuw, Journal of Computational and Applied Mathematics
 * 20, 1987): how much nearer rows are to their own cluster than to the next one. In [-1, 1].
 *
 * <pre>s = (b - a) / max(a, b), a the mean distance to the own cluster's other rows,
 *                           b the least mean distance to another cluster's rows</pre>
 *
 * <p>By Euclidean distance; a row that is alone in its cluster has 0. In a time of the square of
 * the rows, on all cores: take a sample of many.
 */
public final class Silhouette {
  private Silhouette() {}

  /**
   * Over n rows, each counting the same.
   *
   * @param points [n][dimensions]
   * @param clusters [n] classes from 0 on
   * @return empty where there are fewer than two clusters
   * @throws IllegalArgumentException if the lengths differ, or a cluster is below 0
   */
  public static OptionalDouble mean(double[][] points, int... clusters) {
    Lengths.check(points.length, clusters.length);
    int[] sizes = new int[1 + Math.max(0, IntStream.of(clusters).max().orElse(0))];
    for (int row = 0; row < clusters.length; row++) {
      sizes[Lengths.checkClass(clusters[row], row)]++;
    }
    if (IntStream.of(sizes).filter(size -> size > 0).count() < 2) {
      return OptionalDouble.empty();
    }
    double[] silhouettes =
        IntStream.range(0, points.length)
            .parallel()
            .mapToDouble(row -> ofRow(points, clusters, sizes, row))
            .toArray();
    return IntStream.range(0, silhouettes.length).mapToDouble(row -> silhouettes[row]).average();
  }

  private static double ofRow(double[][] points, int[] clusters, int[] sizes, int row) {
    int own = clusters[row];
    if (sizes[own] == 1) {
      return 0;
    }
    double[] distances = new double[sizes.length];
    for (int other = 0; other < points.length; other++) {
      distances[clusters[other]] += distance(points[row], points[other]);
    }
    double within = distances[own] / (sizes[own] - 1);
    double next = Double.POSITIVE_INFINITY;
    for (int cluster = 0; cluster < sizes.length; cluster++) {
      if (cluster != own && sizes[cluster] > 0) {
        next = Math.min(next, distances[cluster] / sizes[cluster]);
      }
    }
    double larger = Math.max(within, next);
    return larger == 0 ? 0 : (next - within) / larger;
  }

  private static double distance(double[] a, double[] b) {
    Lengths.check(a.length, b.length);
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      squares += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(squares);
  }
}
