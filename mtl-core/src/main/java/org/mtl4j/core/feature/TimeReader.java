package org.mtl4j.core.feature;

import java.util.OptionalLong;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.schema.TimeRule;

/** Reads a column of times: what a raw input of type {@link RawType.Times} holds. */
public final class TimeReader {
  private final TimeRule rule;
  private final int column;

  /** Of a column by its position. */
  public TimeReader(TimeRule rule, int column) {
    this.rule = rule;
    this.column = column;
  }

  /**
   * The time of a row, {@link TimeRule#MISSING} for none.
   *
   * @throws MtlException of code DATA_VALUE, naming the row, if the value is no time of the years 1
   *     to 9999
   */
  public long read(RawBatch rows, int row) {
    if (rows.values(column) instanceof double[] numbers) {
      return Double.isNaN(numbers[row])
          ? TimeRule.MISSING
          : rule.read(numbers[row]).orElseThrow(() -> unfit(rows, row));
    }
    String text = rows.text(column, row);
    if (text == null || text.isEmpty()) {
      return TimeRule.MISSING;
    }
    OptionalLong time = rule.read(text);
    return time.orElseThrow(() -> unfit(rows, row));
  }

  private MtlException unfit(RawBatch rows, int row) {
    boolean seconds = rule.unit() == TimeRule.Unit.SECONDS;
    return new MtlException(
        new Problem(
            ErrorCode.DATA_VALUE,
            rows.place(row),
            ("The column \"%s\" is used as a time: expected %s since 1970, or ISO 8601 such as"
                    + " 2024-03-31T18:30, of the years 1 to 9999, found \"%s\".")
                .formatted(
                    rows.columns().names().get(column),
                    seconds ? "seconds" : "milliseconds",
                    Excerpt.of(rows.text(column, row))),
            seconds
                ? "If it counts milliseconds, set the feature's unit: milliseconds. If it stands for"
                    + " a missing value, add it to data.source.missing."
                : "If it stands for a missing value, add it to data.source.missing."));
  }
}
