package org.mtl4j.core.metric;

/** One number, so many times: the weights of rows that have none of their own. */
record SameNumbers(float value, int size) implements Numbers {
  @Override
  public double get(int index) {
    return value;
  }

  @Override
  public boolean areFloats() {
    return true;
  }
}
