package org.mtl4j.data.split;

import java.util.Optional;
import org.mtl4j.core.batch.RawBatch;

/**
 * Rows by time.
 *
 * @param <T> {@link Double} or {@link String}
 * @param times reads a row's time
 * @param validationFrom the first time of validation; empty: there is none
 * @param testFrom the first time of the test; empty: there is none
 */
record TimeSplit<T extends Comparable<T>>(
    TimeColumn<T> times, Optional<T> validationFrom, Optional<T> testFrom)
    implements SplitAssigner {
  @Override
  public Split of(RawBatch rows, int row) {
    T time = times.at(rows, row);
    if (isFrom(time, testFrom)) {
      return Split.TEST;
    }
    return isFrom(time, validationFrom) ? Split.VALIDATION : Split.TRAIN;
  }

  private boolean isFrom(T time, Optional<T> first) {
    return first.isPresent() && time.compareTo(first.get()) >= 0;
  }
}
