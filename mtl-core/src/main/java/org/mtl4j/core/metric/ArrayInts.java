package org.mtl4j.core.metric;

/** Whole numbers in an array that may be longer. */
record ArrayInts(int[] values, int size) implements Ints {
  @Override
  public int get(int index) {
    return values[index];
  }
}
