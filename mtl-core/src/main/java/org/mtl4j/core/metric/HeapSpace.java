package org.mtl4j.core.metric;

/** Rows in memory, so many. */
record HeapSpace(int size) implements RowSpace {
  @Override
  public boolean isInFiles() {
    return false;
  }

  @Override
  public int resamplesAtOnce() {
    return Integer.MAX_VALUE;
  }

  @Override
  public RowValues values() {
    return new ArrayRowValues(new double[size]);
  }

  @Override
  public RunningSums sums(int count) {
    return new ArrayRunningSums(new double[count]);
  }
}
