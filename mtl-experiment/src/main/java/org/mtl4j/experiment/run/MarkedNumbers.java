package org.mtl4j.experiment.run;

import java.util.Arrays;
import org.mtl4j.core.batch.LabelColumn;

/**
 * Whole numbers from 0 to below 2^48 that stand among the labels of rows, so that rows keep them
 * wherever they are kept: the lower 24 bits as the label, the upper ones as the weight, both exact
 * as float32.
 */
final class MarkedNumbers {
  private static final int BITS = 24;
  private static final long LOW = (1L << BITS) - 1;

  private MarkedNumbers() {}

  static LabelColumn of(long... numbers) {
    float[] low = new float[numbers.length];
    float[] high = new float[numbers.length];
    boolean[] all = new boolean[numbers.length];
    Arrays.fill(all, true);
    for (int row = 0; row < numbers.length; row++) {
      low[row] = numbers[row] & LOW;
      high[row] = numbers[row] >>> BITS;
    }
    return new LabelColumn(low, all, high);
  }

  static long[] read(LabelColumn marks) {
    long[] numbers = new long[marks.size()];
    Arrays.setAll(
        numbers, row -> ((long) marks.weights()[row] << BITS) | (long) marks.labels()[row]);
    return numbers;
  }
}
