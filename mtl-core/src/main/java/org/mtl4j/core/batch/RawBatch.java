package org.mtl4j.core.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Excerpt;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.Decimals;
import org.mtl4j.core.task.Rows;

/**
 * A block of rows as a source gives them, column by column. A column is a {@code double[]} (NaN is
 * missing), a {@code String[]} (null is missing) of {@linkplain org.mtl4j.core.schema.UnicodeText
 * well-formed text}, or such text in a {@link TextColumn}. The arrays belong to the batch; nobody
 * writes to them once it is made.
 */
public final class RawBatch implements Rows {
  private final Columns columns;
  private final int rowCount;
  private final IntToLongFunction record;
  private final List<Object> values;
  private final IntFunction<String> place;
  private final Optional<DrawnRows> drawn;

  /**
   * A block of rows.
   *
   * @param columns the source's columns
   * @param rowCount number of rows; every array is at least that long
   * @param firstRecord the source's index, from 0, of the block's first row
   * @param values per column a {@code double[]}, a {@code String[]} or a {@link TextColumn}
   * @param place says for a row of the block where it came from, say {@code "u.csv, line 7"}
   */
  public RawBatch(
      Columns columns,
      int rowCount,
      long firstRecord,
      List<Object> values,
      IntFunction<String> place) {
    this(columns, new Origin(rowCount, row -> firstRecord + row, place), values, Optional.empty());
  }

  /**
   * A block of rows whose records do not follow each other.
   *
   * @param records the source's index, from 0, of each row
   */
  public static RawBatch ofRecords(
      Columns columns, long[] records, List<Object> values, IntFunction<String> place) {
    Origin origin = new Origin(records.length, row -> records[row], place);
    return new RawBatch(columns, origin, values, Optional.empty());
  }

  /** Where rows came from. */
  private record Origin(int rowCount, IntToLongFunction record, IntFunction<String> place) {}

  private RawBatch(Columns columns, Origin origin, List<Object> values, Optional<DrawnRows> drawn) {
    if (values.size() != columns.size()) {
      throw new IllegalArgumentException(
          "expected " + columns.size() + " arrays, found " + values.size());
    }
    for (Object array : values) {
      if (!(array instanceof double[])
          && !(array instanceof String[])
          && !(array instanceof TextColumn)) {
        throw new IllegalArgumentException("a column is a double[], a String[] or a TextColumn");
      }
    }
    this.columns = columns;
    this.rowCount = origin.rowCount();
    this.record = origin.record();
    this.values = List.copyOf(values);
    this.place = origin.place();
    this.drawn = drawn;
  }

  private Origin origin() {
    return new Origin(rowCount, record, place);
  }

  /** The columns, in the order of {@link #values}. */
  public Columns columns() {
    return columns;
  }

  @Override
  public int rowCount() {
    return rowCount;
  }

  /** The source's index, from 0, of the first row: records count before any filter. */
  public long firstRecord() {
    return record(0);
  }

  /** The source's index, from 0, of a row: records count before any filter. */
  public long record(int row) {
    return record.applyAsLong(row);
  }

  /** These rows with more columns behind their own, one array for each. */
  public RawBatch with(Columns more, List<Object> moreValues) {
    List<Object> all = new ArrayList<>(values);
    all.addAll(moreValues);
    return new RawBatch(columns.and(more.all()), origin(), all, drawn);
  }

  /** These rows with other values in some columns, an array for each by its position. */
  public RawBatch withValues(Map<Integer, Object> replaced) {
    List<Object> all = new ArrayList<>(values);
    replaced.forEach(all::set);
    return new RawBatch(columns, origin(), all, drawn);
  }

  /** These rows, of which some were drawn and come from no log. */
  public RawBatch withDrawn(DrawnRows rows) {
    return new RawBatch(columns, origin(), values, Optional.of(rows));
  }

  /** Which rows were drawn and come from no log; empty: none. */
  public Optional<DrawnRows> drawn() {
    return drawn;
  }

  /** Other columns of these rows, one array for each. */
  public RawBatch of(Columns others, List<Object> otherValues) {
    return new RawBatch(others, origin(), otherValues, drawn);
  }

  /**
   * Some of these rows, which keep their records and their places.
   *
   * @param rows positions in this block, in the order wanted; copied
   */
  public RawBatch select(int[] rows) {
    int[] kept = rows.clone();
    List<Object> selected = new ArrayList<>(values.size());
    for (Object array : values) {
      selected.add(select(array, kept));
    }
    // The functions are taken out here, so that the selection does not hold on to this block.
    IntToLongFunction records = record;
    IntFunction<String> places = place;
    return new RawBatch(
        columns,
        new Origin(
            kept.length, row -> records.applyAsLong(kept[row]), row -> places.apply(kept[row])),
        selected,
        drawn.map(marked -> marked.select(kept)));
  }

  private static Object select(Object array, int[] rows) {
    if (array instanceof TextColumn texts) {
      return texts.select(rows);
    }
    if (array instanceof double[] numbers) {
      double[] selected = new double[rows.length];
      for (int i = 0; i < rows.length; i++) {
        selected[i] = numbers[rows[i]];
      }
      return selected;
    }
    String[] texts = (String[]) array;
    String[] selected = new String[rows.length];
    for (int i = 0; i < rows.length; i++) {
      selected[i] = texts[rows[i]];
    }
    return selected;
  }

  /**
   * What holds a column: {@code double[]}, {@code String[]} or {@link TextColumn}, not to be
   * written to.
   */
  public Object values(int column) {
    return values.get(column);
  }

  /**
   * The texts of a column that is not of numbers, null where one is missing; not to be written to.
   */
  public String[] texts(int column) {
    return values.get(column) instanceof TextColumn texts
        ? texts.texts(rowCount)
        : (String[]) values.get(column);
  }

  /** Where a row came from, for messages. */
  public String place(int row) {
    return place.apply(row);
  }

  @Override
  public double number(int column, int row) {
    if (values.get(column) instanceof double[] numbers) {
      return numbers[row];
    }
    if (values.get(column) instanceof TextColumn texts) {
      double number = texts.number(row);
      return Double.isNaN(number) ? number(texts.text(row), column, row) : number;
    }
    return number(((String[]) values.get(column))[row], column, row);
  }

  private double number(String text, int column, int row) {
    if (text == null) {
      return Double.NaN;
    }
    double number = Decimals.valueOf(text);
    if (Double.isNaN(number) && !Decimals.isNumber(text)) {
      throw noNumber(column, row, text);
    }
    return number;
  }

  /**
   * A value as an input of a model, a float32; NaN when it is missing.
   *
   * @throws MtlException of code DATA_VALUE if it is text that spells no number, or infinite as a
   *     float32
   */
  public float finite(int column, int row) {
    float value = (float) number(column, row);
    if (Float.isInfinite(value)) {
      throw new MtlException(
          new Problem(
              ErrorCode.DATA_VALUE,
              place(row),
              "The column \"%s\" is used as a number: expected a finite one of at most 3.4e38, found \"%s\"."
                  .formatted(columns.names().get(column), Excerpt.of(text(column, row))),
              "Leave such rows out by data.where, or add the value to data.source.missing."));
    }
    return value;
  }

  private MtlException noNumber(int column, int row, String text) {
    boolean blanks = Decimals.isNumber(text.strip());
    return new MtlException(
        new Problem(
            ErrorCode.DATA_VALUE,
            place(row),
            "The column \""
                + columns.names().get(column)
                + "\" is used as a number, and \""
                + Excerpt.of(text)
                + "\" is not one.",
            blanks
                ? "Take the blanks off; data.source.trim: true does that while it reads."
                : "If it stands for a missing value, add it to data.source.missing; if the column"
                    + " is not numeric, make the feature categorical or compare it with 'text'."));
  }

  @Override
  public String text(int column, int row) {
    if (values.get(column) instanceof String[] texts) {
      return texts[row];
    }
    if (values.get(column) instanceof TextColumn texts) {
      return texts.text(row);
    }
    return spell(((double[]) values.get(column))[row]);
  }

  /** A number as text: null for NaN, whole numbers without a decimal point. */
  public static String spell(double number) {
    return Rows.spell(number);
  }
}
