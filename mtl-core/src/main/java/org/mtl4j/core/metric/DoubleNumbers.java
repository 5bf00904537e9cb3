package org.mtl4j.core.metric;

/** Numbers that came as doubles, in an array that may be longer. */
record DoubleNumbers(double[] values, int size) implements Numbers {
  @Override
  public double get(int index) {
    return values[index];
  }

  @Override
  public boolean areFloats() {
    for (int i = 0; i < size; i++) {
      if ((float) values[i] != values[i]) {
        return false;
      }
    }
    return true;
  }
}
