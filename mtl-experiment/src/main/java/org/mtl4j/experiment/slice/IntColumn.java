package org.mtl4j.experiment.slice;

import java.util.Arrays;

/** Whole numbers that come one after the other: 4 bytes each, half as much again while it grows. */
final class IntColumn {
  private static final int FIRST_CAPACITY = 1024;

  private int[] values = new int[0];
  private int size;

  void add(int value) {
    if (size == values.length) {
      int capacity = Math.max(FIRST_CAPACITY, Math.addExact(size, Math.max(1, size / 2)));
      values = Arrays.copyOf(values, capacity);
    }
    values[size++] = value;
  }

  /** The numbers so far, a copy. */
  int[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
