package org.mtl4j.core.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.provenance.Seed;

/**
 * How often an epoch takes each training row. Of n rows with the ratio r it takes round(n r): each
 * of them floor(r) times, and once more as many as are left over, drawn evenly without replacement
 * anew in each epoch. So an epoch is as long as every other, and which rows it takes depends on the
 * seed and the epoch's number alone. 2 bytes a row.
 */
public final class RowSampling {
  private static final String WHERE = "training.sampling";

  private final char[] strata;
  private final double[] ratios;
  private final int[] sizes;

  private RowSampling(char[] strata, double[] ratios, int[] sizes) {
    this.strata = strata;
    this.ratios = ratios;
    this.sizes = sizes;
  }

  /**
   * Rows with a ratio each.
   *
   * @param rows number of rows
   * @param ratio the ratio of a row, at least 0; few different ones
   * @throws MtlException CONFIG_VALUE if an epoch would have no rows, or more than 2,147,483,647
   */
  public static RowSampling of(int rows, IntToDoubleFunction ratio) {
    char[] strata = new char[rows];
    Map<Double, Integer> numbers = new LinkedHashMap<>();
    List<Integer> sizes = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int stratum = numbers.computeIfAbsent(ratio.applyAsDouble(row), r -> numbers.size());
      if (stratum == sizes.size()) {
        sizes.add(0);
      }
      sizes.set(stratum, sizes.get(stratum) + 1);
      strata[row] = (char) stratum;
    }
    RowSampling sampling =
        new RowSampling(
            strata,
            numbers.keySet().stream().mapToDouble(r -> r).toArray(),
            sizes.stream().mapToInt(n -> n).toArray());
    sampling.check();
    return sampling;
  }

  /**
   * Checks that an epoch would have rows, before there are any to take.
   *
   * @param rows number of rows by their ratio
   * @throws MtlException CONFIG_VALUE as {@link #of} does
   */
  public static void check(Map<Double, Long> rows) {
    new RowSampling(
            new char[0],
            rows.keySet().stream().mapToDouble(r -> r).toArray(),
            rows.values().stream().mapToInt(Math::toIntExact).toArray())
        .check();
  }

  private void check() {
    long drawn = drawn();
    if (drawn < 1 || drawn > Integer.MAX_VALUE) {
      throw new MtlException(
          new Problem(
              ErrorCode.CONFIG_VALUE,
              WHERE,
              String.format(
                  Locale.ROOT,
                  "Expected an epoch of 1 to %,d rows, found %,d: %s.",
                  Integer.MAX_VALUE,
                  drawn,
                  arithmetic()),
              drawn < 1 ? "Give a larger ratio." : "Give smaller ratios, and train more epochs."));
    }
  }

  private long drawn() {
    return IntStream.range(0, sizes.length).mapToLong(this::drawn).sum();
  }

  private long drawn(int stratum) {
    return Math.round(sizes[stratum] * ratios[stratum]);
  }

  /** Rows that an epoch takes, one that is taken twice counted twice. */
  public int epochRows() {
    return Math.toIntExact(drawn());
  }

  /** How an epoch's length comes about: {@code 900 = 300 x 1 + 2,400 x 0.25}. */
  public String arithmetic() {
    List<String> terms = new ArrayList<>();
    for (int s = 0; s < sizes.length; s++) {
      String ratio = Double.toString(ratios[s]).replaceFirst("\\.0$", "");
      terms.add(String.format(Locale.ROOT, "%,d x %s", sizes[s], ratio));
    }
    return String.format(Locale.ROOT, "%,d = %s", drawn(), String.join(" + ", terms));
  }

  /**
   * The rows of an epoch, in no order yet: as they stand, one that is taken twice behind itself.
   *
   * @param epoch from 0
   */
  int[] rows(Seed seed, int epoch) {
    SplittableRandom random = new SplittableRandom(seed.child("sampling").indexed(epoch));
    int[] left = sizes.clone();
    long[] more = new long[sizes.length];
    for (int s = 0; s < more.length; s++) {
      more[s] = drawn(s) - (long) sizes[s] * (long) ratios[s];
    }
    int[] taken = new int[epochRows()];
    int count = 0;
    for (int row = 0; row < strata.length; row++) {
      int s = strata[row];
      long times = (long) ratios[s];
      // Of those left, each is as likely as the next to be among the wanted ones.
      if (random.nextInt(left[s]--) < more[s]) {
        more[s]--;
        times++;
      }
      for (long i = 0; i < times; i++) {
        taken[count++] = row;
      }
    }
    return taken;
  }
}
