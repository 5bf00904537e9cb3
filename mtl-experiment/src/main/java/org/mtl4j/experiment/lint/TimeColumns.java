package org.mtl4j.experiment.lint;

import java.util.Optional;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.data.describe.PointInTime;

/** Finds a column of points in time, exact to the minute at least. */
final class TimeColumns {
  private TimeColumns() {}

  /** The first column whose values in these rows all look like a time, and one is there. */
  static Optional<Integer> first(RawBatch rows) {
    return IntStream.range(0, rows.columns().size())
        .filter(column -> isTime(rows, column))
        .boxed()
        .findFirst();
  }

  private static boolean isTime(RawBatch rows, int column) {
    boolean there = false;
    for (int row = 0; row < rows.rowCount(); row++) {
      String text = rows.text(column, row);
      if (text == null) {
        continue;
      }
      if (!PointInTime.is(text)) {
        return false;
      }
      there = true;
    }
    return there;
  }
}
