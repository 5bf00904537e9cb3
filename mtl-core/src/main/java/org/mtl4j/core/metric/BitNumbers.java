package org.mtl4j.core.metric;

/** Numbers of which each is 0 or 1, a bit each. */
record BitNumbers(long[] words, int size) implements Numbers {
  @Override
  public double get(int index) {
    return (words[index >> 6] >>> index) & 1; // Java shifts by the last six bits of a number.
  }

  @Override
  public boolean areFloats() {
    return true;
  }
}
