package org.mtl4j.core.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The population stability index between two samples (Lewis, An introduction to credit scoring,
 * 1992): with the shares a and b that the bins have in the one and in the other,
 *
 * <pre>PSI = sum (a - b) ln(a / b)</pre>
 *
 * <p>A share of less than .0001 counts as that much.
 */
public final class StabilityIndex {
  private static final int QUANTILES = 10;
  private static final int VALUES = 20;
  private static final double LEAST_SHARE = 1e-4;
  private static final double HALF_A_ROW = 0.5;

  private StabilityIndex() {}

  /**
   * Of numbers: bins are the deciles of the first, one more for NaN, which is missing, and one for
   * each value that takes two deciles or more. Without that, a flag that is 1 in few rows would
   * have all of them in one bin.
   */
  public static double ofNumbers(double[] first, double[] second) {
    double[] sorted = Arrays.stream(first).filter(x -> !Double.isNaN(x)).sorted().toArray();
    if (sorted.length == 0) {
      return of(missing(first), missing(second));
    }
    double[] edges = new double[QUANTILES - 1];
    for (int q = 1; q < QUANTILES; q++) {
      edges[q - 1] = sorted[(int) ((long) q * sorted.length / QUANTILES)];
    }
    double[] distinct =
        IntStream.range(0, edges.length)
            .mapToDouble(e -> e > 0 && edges[e] == edges[e - 1] ? Math.nextUp(edges[e]) : edges[e])
            .distinct()
            .toArray();
    ToIntFunction<Double> bin = x -> Double.isNaN(x) ? 0 : 1 + bin(distinct, x);
    int bins = distinct.length + 2;
    return of(
        shares(bins, Arrays.stream(first).mapToInt(x -> bin.applyAsInt(x)).toArray()),
        shares(bins, Arrays.stream(second).mapToInt(x -> bin.applyAsInt(x)).toArray()));
  }

  private static double[] missing(double[] numbers) {
    return shares(2, DoubleStream.of(numbers).mapToInt(x -> Double.isNaN(x) ? 0 : 1).toArray());
  }

  /**
   * Of values by hash: bins are the 20 most frequent ones of both samples together, a missing one
   * among them or not, and all others. Rare values apart would look like drift by chance alone.
   */
  public static double ofValues(long[] first, long[] second) {
    Map<Long, Long> counts =
        LongStream.concat(LongStream.of(first), LongStream.of(second))
            .boxed()
            .collect(Collectors.groupingBy(value -> value, Collectors.counting()));
    List<Long> frequent =
        counts.entrySet().stream()
            .sorted(
                Comparator.comparing((Map.Entry<Long, Long> e) -> -e.getValue())
                    .thenComparing(Map.Entry::getKey))
            .limit(VALUES)
            .map(Map.Entry::getKey)
            .toList();
    Map<Long, Integer> bins = new HashMap<>();
    frequent.forEach(value -> bins.put(value, bins.size()));
    return of(shares(first, bins), shares(second, bins));
  }

  private static double[] shares(long[] values, Map<Long, Integer> bins) {
    return shares(
        bins.size() + 1,
        LongStream.of(values).mapToInt(value -> bins.getOrDefault(value, bins.size())).toArray());
  }

  private static double[] shares(int bins, int[] rows) {
    double[] shares = new double[bins];
    for (int bin : rows) {
      shares[bin] += 1.0 / rows.length;
    }
    return shares;
  }

  /**
   * The bin of a number: how many edges are not above it.
   *
   * @param edges rising
   * @param number no NaN
   */
  public static int bin(double[] edges, double number) {
    int low = 0;
    int high = edges.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (edges[middle] <= number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * The shares of bins by their rows, with half a row more in each: an empty bin of few rows is not
   * taken for one that never has any.
   *
   * @param counts rows a bin
   */
  public static double[] shares(double[] counts) {
    double all = Arrays.stream(counts).sum() + HALF_A_ROW * counts.length;
    return Arrays.stream(counts).map(count -> (count + HALF_A_ROW) / all).toArray();
  }

  /**
   * Of the shares that bins have.
   *
   * @param a in the one
   * @param b in the other, bin by bin
   */
  public static double of(double[] a, double[] b) {
    double sum = 0;
    for (int bin = 0; bin < a.length; bin++) {
      double left = Math.max(a[bin], LEAST_SHARE);
      double right = Math.max(b[bin], LEAST_SHARE);
      sum += (left - right) * Math.log(left / right);
    }
    return sum;
  }
}
