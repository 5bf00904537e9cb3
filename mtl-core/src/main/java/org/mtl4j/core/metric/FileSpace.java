package org.mtl4j.core.metric;

/** Rows in files. */
record FileSpace(FileTable table) implements RowSpace {
  @Override
  public boolean isInFiles() {
    return true;
  }

  /** Of a resample memory has how often each unit was drawn. */
  @Override
  public int resamplesAtOnce() {
    long bytes = (long) Integer.BYTES * Math.max(1, table.unitCount());
    return (int) Math.min(Integer.MAX_VALUE, table.room().bytes() / bytes);
  }

  @Override
  public RowValues values() {
    return new FileRowValues(table.room());
  }

  @Override
  public RunningSums sums(int count) {
    return new FileRunningSums(table.room(), count);
  }
}
