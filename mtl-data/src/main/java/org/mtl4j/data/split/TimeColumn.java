package org.mtl4j.data.split;

import java.util.function.Function;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Decimals;

/**
 * A column of times.
 *
 * @param <T> {@link Double} or {@link String}
 * @param name the column's name
 * @param reader a row's time, null where it is missing
 * @param parser reads a time of the configuration, null where it is none
 */
record TimeColumn<T extends Comparable<T>>(
    String name, Reader<T> reader, Function<String, T> parser) {
  /** Reads a row's time, null where it is missing. */
  @FunctionalInterface
  interface Reader<T> {
    T at(RawBatch rows, int row);
  }

  /**
   * Times as numbers.
   *
   * @param untyped whether the column may hold text too, as that of a file
   * @param witness what says that it holds numbers then
   */
  static TimeColumn<Double> ofNumbers(String name, int column, boolean untyped, String witness) {
    return new TimeColumn<>(
        name,
        (rows, row) -> {
          String text = untyped ? rows.text(column, row) : null;
          if (text != null && !Decimals.isNumber(text.trim())) {
            throw otherKind(rows.place(row), name, "numbers, as in " + witness, text);
          }
          double time = rows.number(column, row);
          return Double.isNaN(time) ? null : time;
        },
        text -> {
          double time = Decimals.valueOf(text);
          return Double.isNaN(time) ? null : time;
        });
  }

  /**
   * Times as text.
   *
   * @param untyped whether the column may hold numbers too, as that of a file
   * @param witness what says that it holds text then
   */
  static TimeColumn<String> ofTexts(String name, int column, boolean untyped, String witness) {
    return new TimeColumn<>(
        name,
        (rows, row) -> {
          String text = rows.text(column, row);
          if (untyped && text != null && Decimals.isNumber(text.trim())) {
            throw otherKind(rows.place(row), name, "dates as text, as in " + witness, text);
          }
          return text;
        },
        text -> text);
  }

  /** Numbers among dates, compared as text, would stand anywhere. */
  private static MtlException otherKind(String place, String name, String expected, String found) {
    return new MtlException(
        new Problem(
            ErrorCode.DATA_VALUE,
            place,
            "Rows are split by the time in column \"%s\": expected %s, found \"%s\"."
                .formatted(name, expected, Excerpt.of(found)),
            "Write all times alike, as numbers or as dates of ISO 8601, or leave such rows out by"
                + " data.where."));
  }

  /**
   * A row's time.
   *
   * @throws MtlException of code DATA_VALUE where it is missing
   */
  T at(RawBatch rows, int row) {
    T time = reader.at(rows, row);
    if (time == null) {
      throw new MtlException(
          new Problem(
              ErrorCode.DATA_VALUE,
              rows.place(row),
              "Rows are split by the time in column \"" + name + "\", and it is missing here.",
              "Leave such rows out: data.where: \"not is_missing(`" + name + "`)\"."));
    }
    return time;
  }

  /**
   * A time of the configuration.
   *
   * @throws MtlException of code CONFIG_VALUE if it is not of the column's kind
   */
  T parse(String key, String text) {
    T time = parser.apply(text);
    if (time == null) {
      throw new MtlException(
          new Problem(
              ErrorCode.CONFIG_VALUE,
              "data.split." + key,
              "Expected a number, as in the column \"" + name + "\", found \"" + text + "\".",
              ""));
    }
    return time;
  }
}
