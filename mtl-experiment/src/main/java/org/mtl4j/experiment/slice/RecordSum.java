package org.mtl4j.experiment.slice;

/** Which records some rows are, in their order, as one number: two passes over them agree. */
public final class RecordSum {
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private long rows;
  private long sum;

  /** Of no rows. */
  public RecordSum() {}

  /** Takes a row by its record's number. */
  public void add(long record) {
    sum = (sum + record + 1) * FACTOR;
    rows++;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecordSum sums && sums.rows == rows && sums.sum == sum;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(sum);
  }

  /** As a message has it. */
  @Override
  public String toString() {
    return rows + " rows with the check sum " + Long.toHexString(sum);
  }
}
