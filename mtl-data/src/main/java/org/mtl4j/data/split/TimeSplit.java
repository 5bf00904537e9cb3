package org.mtl4j.data.split;

import java.util.OptionalDouble;
import org.mtl4j.core.batch.RawBatch;

/**
 * Rows by time.
 *
 * @param times reads a row's time
 * @param validationFrom the first time of validation; empty: there is none
 * @param testFrom the first time of the test; empty: there is none
 */
record TimeSplit(TimeColumn times, OptionalDouble validationFrom, OptionalDouble testFrom)
    implements SplitAssigner {
  @Override
  public Split of(RawBatch rows, int row) {
    double time = times.at(rows, row);
    if (isFrom(time, testFrom)) {
      return Split.TEST;
    }
    return isFrom(time, validationFrom) ? Split.VALIDATION : Split.TRAIN;
  }

  private static boolean isFrom(double time, OptionalDouble first) {
    return first.isPresent() && time >= first.getAsDouble();
  }
}
