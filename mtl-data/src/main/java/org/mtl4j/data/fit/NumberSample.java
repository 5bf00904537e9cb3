package org.mtl4j.data.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers of rows, for their quantiles: all of them up to a limit. Beyond it those of every second
 * row stay, then of every fourth and so on, by the hash of the row's record: which ones depends
 * neither on the order of rows nor on the blocks that they come in.
 */
final class NumberSample {
  /** A number takes 5, and thrice that while its array grows. */
  private static final int BYTES = 15;

  private static final int FIRST_PLACES = 1024;
  private static final int LEAST_LIMIT = 65_536;

  private final int limit;
  private float[] numbers = new float[FIRST_PLACES];
  private byte[] levels = new byte[FIRST_PLACES];
  private int size;
  private int level;

  /**
   * An empty one.
   *
   * @param limit numbers at most, at least 2
   */
  NumberSample(int limit) {
    this.limit = limit;
  }

  /** How many numbers each of some samples may hold in so many bytes, a power of two. */
  static int limit(long bytes, int samples) {
    long fits = bytes / BYTES / Math.max(1, samples);
    return (int) Math.min(1 << 30, Math.max(LEAST_LIMIT, Long.highestOneBit(fits)));
  }

  /**
   * Adds a number.
   *
   * @param record the index of its row in the source
   */
  void add(float number, long record) {
    // Half of all hashes have a level of 1 or more, a quarter of 2 or more.
    int own = Long.numberOfTrailingZeros(mix(record));
    if (own < level) {
      return;
    }
    while (size == limit) {
      level++;
      thin();
      if (own < level) {
        return;
      }
    }
    if (size == numbers.length) {
      int places = Math.min(limit, 2 * size);
      numbers = Arrays.copyOf(numbers, places);
      levels = Arrays.copyOf(levels, places);
    }
    numbers[size] = number;
    levels[size++] = (byte) own;
  }

  private void thin() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (levels[i] >= level) {
        numbers[kept] = numbers[i];
        levels[kept++] = levels[i];
      }
    }
    size = kept;
  }

  /** The finalizer of SplitMix64: even in all bits. */
  private static long mix(long bits) {
    long z = bits + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Numbers held. */
  int size() {
    return size;
  }

  /** Of how many rows it holds one: 1 if it holds all. */
  long oneIn() {
    return 1L << level;
  }

  /**
   * The quantiles i / parts for i from 0 to parts, by linear interpolation between the two numbers
   * around them: definition 7 of Hyndman and Fan 1996, as NumPy's and pandas' default. The place of
   * a quantile is computed in whole numbers, so that one that falls on a number is that number.
   *
   * @return parts + 1 of them, none below the one before it; empty if there is no number
   */
  List<Double> quantiles(int parts) {
    List<Double> quantiles = new ArrayList<>();
    if (size == 0) {
      return quantiles;
    }
    float[] sorted = Arrays.copyOf(numbers, size);
    Arrays.sort(sorted);
    for (long i = 0; i <= parts; i++) {
      long place = i * (size - 1);
      int below = (int) (place / parts);
      double share = (double) (place % parts) / parts;
      double first = sorted[below];
      double next = sorted[Math.min(below + 1, size - 1)];
      double quantile =
          share < 0.5 ? first + (next - first) * share : next - (next - first) * (1 - share);
      quantiles.add(i == 0 ? quantile : Math.max(quantiles.get((int) i - 1), quantile));
    }
    return quantiles;
  }
}
