package org.mtl4j.core.metric;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Sorts rows by falling float scores, on all cores: a key and its row are one long, the first digit
 * deals them out into buckets, and each bucket is sorted by itself. While it works it takes 8 bytes
 * a row, and 8 more a row of the buckets at hand, one for each core.
 */
final class FloatSort {
  private static final int DIGIT_BITS = 11;
  private static final int DIGIT_VALUES = 1 << DIGIT_BITS;
  private static final int FIRST_SHIFT = Long.SIZE - DIGIT_BITS;
  private static final int SECOND_SHIFT = FIRST_SHIFT - DIGIT_BITS;

  /** The key's last ten bits begin where the row ends. */
  private static final int LAST_SHIFT = Integer.SIZE;

  /** Smaller buckets are sorted by comparing: counting 2048 values costs more. */
  private static final int SMALL = 2048;

  /** A part of fewer rows is not worth a thread. */
  private static final int ROWS_A_PART = 1 << 16;

  private FloatSort() {}

  /** Keys in the upper, rows in the lower half; unsigned ascending, rows of equal keys too. */
  static long[] sort(Numbers scores) {
    int n = scores.size();
    int parts = Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), n / ROWS_A_PART));
    int[][] next = new int[parts][DIGIT_VALUES];
    overParts(n, parts, (part, row) -> next[part][firstDigit(fallingKey(scores, row))]++);
    int[] starts = startsOf(next);
    long[] dealt = new long[n];
    overParts(
        n,
        parts,
        (part, row) -> {
          int key = fallingKey(scores, row);
          dealt[next[part][firstDigit(key)]++] = ((long) key << Integer.SIZE) | row;
        });
    IntStream.range(0, DIGIT_VALUES)
        .parallel()
        .forEach(bucket -> sort(dealt, starts[bucket], starts[bucket + 1]));
    return dealt;
  }

  @FunctionalInterface
  private interface PartVisitor {
    void visit(int part, int row);
  }

  private static void overParts(int n, int parts, PartVisitor visitor) {
    IntStream.range(0, parts)
        .parallel()
        .forEach(
            part -> {
              int end = (int) ((part + 1L) * n / parts);
              for (int row = (int) ((long) part * n / parts); row < end; row++) {
                visitor.visit(part, row);
              }
            });
  }

  /**
   * A number that, without its sign, falls as the score rises, as in {@link KeyedRows}; 0 and -0
   * are tied.
   */
  private static int fallingKey(Numbers scores, int row) {
    int bits = Float.floatToRawIntBits((float) scores.get(row) + 0.0f);
    return ~(bits ^ ((bits >> 31) | Integer.MIN_VALUE));
  }

  private static int firstDigit(int key) {
    return key >>> (Integer.SIZE - DIGIT_BITS);
  }

  /**
   * Turns each part's counts of a digit's values into the positions where that part begins to put
   * them: value by value, and within a value part by part, so that rows stay in order.
   *
   * @return where each value begins, and the end
   */
  private static int[] startsOf(int[][] counts) {
    int[] starts = new int[DIGIT_VALUES + 1];
    int position = 0;
    for (int value = 0; value < DIGIT_VALUES; value++) {
      starts[value] = position;
      for (int[] part : counts) {
        int count = part[value];
        part[value] = position;
        position += count;
      }
    }
    starts[DIGIT_VALUES] = position;
    return starts;
  }

  /** Within a bucket the first digit is the same, and so signs do not matter to comparing. */
  private static void sort(long[] rows, int start, int end) {
    if (end - start <= SMALL) {
      Arrays.sort(rows, start, end);
      return;
    }
    long[] space = new long[end - start];
    scatter(new Span(rows, start), new Span(space, 0), space.length, LAST_SHIFT);
    scatter(new Span(space, 0), new Span(rows, start), space.length, SECOND_SHIFT);
  }

  /** A place in an array. */
  private record Span(long[] values, int start) {}

  private static void scatter(Span from, Span to, int size, int shift) {
    int mask = shift == LAST_SHIFT ? (DIGIT_VALUES >> 1) - 1 : DIGIT_VALUES - 1;
    long[] values = from.values();
    long[] sorted = to.values();
    int[] next = new int[mask + 2];
    for (int i = from.start(); i < from.start() + size; i++) {
      next[((int) (values[i] >>> shift) & mask) + 1]++;
    }
    next[0] = to.start();
    for (int value = 1; value <= mask; value++) {
      next[value] += next[value - 1];
    }
    for (int i = from.start(); i < from.start() + size; i++) {
      sorted[next[(int) (values[i] >>> shift) & mask]++] = values[i];
    }
  }
}
