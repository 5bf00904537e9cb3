package org.mtl4j.data.dataset;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.schema.TimeShape;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.split.TimeColumn;

/** Counts rows by the day of their times. */
public final class RowDays {
  private static final double SECONDS = 86_400;

  private final RowTimes rule;
  private final int column;
  private final Map<Long, Long> rows = new TreeMap<>();
  private Optional<TimeColumn> times = Optional.empty();
  private long count;

  /**
   * Nothing counted yet.
   *
   * @throws MtlException if the rows have no such column
   */
  public RowDays(RowTimes rule, Columns columns) {
    this.rule = rule;
    this.column = RowAges.column(rule, columns);
  }

  /**
   * Looks at a block.
   *
   * @throws MtlException DATA_VALUE for a row without a time
   */
  public void observe(RawBatch block) {
    for (int row = 0; row < block.rowCount(); row++) {
      rows.merge(day(block, row), 1L, Long::sum);
      count++;
    }
  }

  private long day(RawBatch block, int row) {
    if (times.isEmpty()) {
      times = Optional.of(TimeColumn.of(RowAges.use(rule), column, block));
    }
    double time = times.get().at(block, row);
    double seconds =
        times.get().shape() == TimeShape.NUMBER ? time * rule.unit().inSeconds() : time;
    return (long) Math.floor(seconds / SECONDS);
  }

  /**
   * The day of the middle row, in days since 1970: one clock that is wrong by years changes nothing
   * of it. Empty if there was no row.
   */
  public OptionalLong middle() {
    long before = 0;
    for (Map.Entry<Long, Long> day : rows.entrySet()) {
      before += day.getValue();
      if (2 * before >= count) {
        return OptionalLong.of(day.getKey());
      }
    }
    return OptionalLong.empty();
  }
}
