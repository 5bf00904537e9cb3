package org.mtl4j.models.trees;

import java.util.Arrays;

/**
 * Where a column may be split: halfway between neighbouring values, at most {@value #MOST} times,
 * at quantiles where there are more. What lies between two cuts is one value to a tree that is
 * grown exactly, whose time goes by the number of different values.
 */
final class Cuts {
  private static final int MOST = 255;

  private final float[] cuts;

  private Cuts(float[] cuts) {
    this.cuts = cuts;
  }

  static Cuts of(float[] column) {
    float[] sorted = column.clone();
    Arrays.sort(sorted);
    int[] steps = steps(sorted);
    float[] cuts = new float[steps.length];
    for (int i = 0; i < steps.length; i++) {
      cuts[i] = between(sorted[steps[i] - 1], sorted[steps[i]]);
    }
    return new Cuts(cuts);
  }

  /** The ranks at which a new value begins, of many those next to quantiles. */
  private static int[] steps(float[] sorted) {
    int[] steps = new int[sorted.length];
    int count = 0;
    for (int r = 1; r < sorted.length; r++) {
      if (sorted[r] != sorted[r - 1]) {
        steps[count++] = r;
      }
    }
    int[] all = Arrays.copyOf(steps, count);
    if (count <= MOST) {
      return all;
    }
    int[] some = new int[MOST];
    int taken = 0;
    int next = 0;
    for (int q = 1; q <= MOST; q++) {
      long rank = (long) q * sorted.length / (MOST + 1);
      while (next < count && all[next] < rank) {
        next++;
      }
      if (next < count) {
        some[taken++] = all[next++];
      }
    }
    return Arrays.copyOf(some, taken);
  }

  /** Above the first and at most the second, which is above it. */
  private static float between(float low, float high) {
    float middle = (float) (((double) low + high) / 2);
    return middle > low ? middle : high;
  }

  /** How many cuts a value has reached. */
  int bin(float value) {
    int at = Arrays.binarySearch(cuts, value);
    return at >= 0 ? at + 1 : -at - 1;
  }

  /** The value at which a bin ends, and the next one begins. */
  float end(int bin) {
    return cuts[bin];
  }
}
