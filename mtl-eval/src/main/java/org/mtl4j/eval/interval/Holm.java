package org.mtl4j.eval.interval;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Corrects p-values for their number (Holm, Scandinavian Journal of Statistics 6, 1979): with it,
 * the chance that any of m comparisons finds a difference where there is none is the level at most,
 * however the comparisons depend on each other.
 */
public final class Holm {
  private Holm() {}

  /**
   * The corrected p-values: of the k-th smallest of m, {@code (m - k + 1) p}, no smaller than those
   * before it and 1 at most.
   *
   * @param pValues [m], in [0, 1]
   * @return [m], in the same order
   */
  public static double[] corrected(double[] pValues) {
    int[] rising =
        IntStream.range(0, pValues.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> pValues[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] corrected = new double[pValues.length];
    double least = 0;
    for (int k = 0; k < rising.length; k++) {
      least = Math.max(least, Math.min(1, (rising.length - k) * pValues[rising[k]]));
      corrected[rising[k]] = least;
    }
    return corrected;
  }
}
