package org.mtl4j.core.metric;

/** Numbers that came as floats, in an array that may be longer. */
record FloatNumbers(float[] values, int size) implements Numbers {
  @Override
  public double get(int index) {
    return values[index];
  }

  @Override
  public boolean areFloats() {
    return true;
  }
}
