package org.mtl4j.core.metric;

/** Numbers of rows in an array. */
record ArrayRowValues(double[] values) implements RowValues {
  @Override
  public void set(int row, double value) {
    values[row] = value;
  }

  @Override
  public Numbers numbers() {
    return Numbers.of(values);
  }
}
