package org.mtl4j.core.metric;

/** Numbers in an array. */
record ArrayRunningSums(double[] sums) implements RunningSums {
  @Override
  public double get(int index) {
    return sums[index];
  }

  @Override
  public void add(int index, double value) {
    sums[index] += value;
  }
}
