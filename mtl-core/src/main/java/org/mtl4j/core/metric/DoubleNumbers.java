package org.mtl4j.core.metric;

/** Numbers that came as doubles. */
record DoubleNumbers(double[] values) implements Numbers {
  @Override
  public int size() {
    return values.length;
  }

  @Override
  public double get(int index) {
    return values[index];
  }

  @Override
  public boolean areFloats() {
    for (double value : values) {
      if ((float) value != value) {
        return false;
      }
    }
    return true;
  }
}
