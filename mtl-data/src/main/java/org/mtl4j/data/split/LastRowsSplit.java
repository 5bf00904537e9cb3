package org.mtl4j.data.split;

import java.util.Arrays;
import org.mtl4j.core.batch.RawBatch;

/**
 * Rows by their records; those that are not named are training.
 *
 * @param test records of the test, ascending
 * @param validation records of validation, ascending
 */
record LastRowsSplit(long[] test, long[] validation) implements SplitAssigner {
  @Override
  public Split of(RawBatch rows, int row) {
    long record = rows.record(row);
    if (Arrays.binarySearch(test, record) >= 0) {
      return Split.TEST;
    }
    return Arrays.binarySearch(validation, record) >= 0 ? Split.VALIDATION : Split.TRAIN;
  }
}
