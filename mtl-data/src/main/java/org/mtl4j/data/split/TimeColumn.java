package org.mtl4j.data.split;

import java.util.Optional;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.schema.TimeShape;
import org.mtl4j.core.task.Decimals;

/**
 * A column of times, all of one shape: that of its first row.
 *
 * @param use what messages say of it, {@code Rows are split by the time in column "ts"}
 * @param column its position
 * @param shape how its times are written
 * @param witness the place of the first row
 */
public record TimeColumn(Use use, int column, TimeShape shape, String witness) {
  private static final String ANY_SHAPE =
      "a number, a date such as 2024-03-31, or a date with a time such as 2024-03-31T18:30:00,"
          + " with or without its offset";

  /**
   * What a column of times is for.
   *
   * @param sentence how messages begin, up to the column's name
   * @param column the column's name
   */
  public record Use(String sentence, String column) {
    /** Rows are split by it. */
    static Use split(String column) {
      return new Use("Rows are split by the time in column", column);
    }

    String words() {
      return sentence + " \"" + column + "\"";
    }
  }

  /**
   * The column as its first rows say.
   *
   * @param column its position
   * @throws MtlException of code DATA_VALUE if the first row has no time, or none of a known shape
   */
  public static TimeColumn of(Use use, int column, RawBatch first) {
    String place = first.place(0);
    if (first.values(column) instanceof double[]) {
      return new TimeColumn(use, column, TimeShape.NUMBER, place);
    }
    String text = first.text(column, 0);
    if (isMissing(text)) {
      throw missing(use, place);
    }
    return TimeShape.read(text)
        .map(time -> new TimeColumn(use, column, time.shape(), place))
        .orElseThrow(() -> unfit(use, place, ANY_SHAPE, text));
  }

  /**
   * A row's time.
   *
   * @return the number itself, or seconds since 1970
   * @throws MtlException of code DATA_VALUE if it is missing, infinite or of another shape
   */
  public double at(RawBatch rows, int row) {
    double time =
        rows.values(column) instanceof double[] numbers
            ? numbers[row]
            : read(rows.text(column, row), rows, row);
    if (Double.isNaN(time)) {
      throw missing(use, rows.place(row));
    }
    if (Double.isInfinite(time)) {
      throw unfit(use, rows.place(row), "a finite number", rows.text(column, row));
    }
    return time;
  }

  private double read(String text, RawBatch rows, int row) {
    if (isMissing(text)) {
      return Double.NaN;
    }
    Optional<TimeShape.Time> time = TimeShape.read(text);
    if (time.isEmpty() || time.get().shape() != shape) {
      throw unfit(use, rows.place(row), shape.words() + ", as in " + witness, text);
    }
    return time.get().value();
  }

  private static boolean isMissing(String text) {
    return text == null || (Decimals.isNumber(text) && Double.isNaN(Decimals.valueOf(text)));
  }

  /**
   * A time of the configuration. A date stands for its beginning, in UTC where the column's times
   * have offsets.
   *
   * @param key the path of the key that holds it
   * @throws MtlException of code CONFIG_VALUE if it cannot be compared with the column's
   */
  public double parse(String key, String text) {
    return TimeShape.read(text)
        .filter(this::isComparable)
        .orElseThrow(
            () ->
                new MtlException(
                    new Problem(
                        ErrorCode.CONFIG_VALUE,
                        key,
                        "Expected %s, as in the column \"%s\" (%s), found \"%s\"."
                            .formatted(shape.words(), use.column(), witness, Excerpt.of(text)),
                        "Write it as the column's times are written.")))
        .value();
  }

  private boolean isComparable(TimeShape.Time time) {
    boolean midnight = time.shape() == TimeShape.DATE && shape != TimeShape.NUMBER;
    return (time.shape() == shape || midnight) && !Double.isInfinite(time.value());
  }

  private static MtlException missing(Use use, String place) {
    return new MtlException(
        new Problem(
            ErrorCode.DATA_VALUE,
            place,
            use.words() + ", and it is missing here.",
            "Leave such rows out: data.where: \"not is_missing(`" + use.column() + "`)\"."));
  }

  private static MtlException unfit(Use use, String place, String expected, String found) {
    boolean blanks = TimeShape.read(found).isEmpty() && TimeShape.read(found.strip()).isPresent();
    return new MtlException(
        new Problem(
            ErrorCode.DATA_VALUE,
            place,
            "%s: expected %s, found \"%s\".".formatted(use.words(), expected, Excerpt.of(found)),
            blanks
                ? "Take the blanks off; data.source.trim: true does that while it reads."
                : "Write all times alike, as ISO 8601 or as numbers such as seconds since 1970, or"
                    + " leave such rows out by data.where."));
  }
}
