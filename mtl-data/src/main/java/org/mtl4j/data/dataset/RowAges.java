package org.mtl4j.data.dataset;

import com.google.common.base.Suppliers;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.schema.TimeShape;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.LabelWindow;
import org.mtl4j.data.split.TimeColumn;

/**
 * How old rows are at the end of the data, as a column more: {@link LabelWindow#AGE}, in seconds; a
 * row after the end has an age below 0.
 */
public final class RowAges {
  static final Columns COLUMN = Columns.of(ColumnType.NUMBER, List.of(LabelWindow.AGE));
  private static final String KEY = "data.time.";
  private static final int BLOCK = 4096;

  private final RowTimes rule;
  private final Supplier<End> end;

  private RowAges(RowTimes rule, Supplier<End> end) {
    this.rule = rule;
    this.end = end;
  }

  /**
   * The end of the data.
   *
   * @param times where times stand; empty if there are no rows
   * @param time when that is, in the unit of the times
   */
  private record End(Optional<TimeColumn> times, double time) {}

  /**
   * The ages that an experiment says. Without an {@code end} its rows are read once, to find the
   * latest of them, when the first age is asked for: out of the cache none is. Reading throws what
   * is wrong with a time.
   *
   * @param sources all rows of the experiment, of equal columns
   * @throws MtlException if the column is not there
   */
  public static RowAges of(RowTimes rule, List<? extends BatchSource> sources) {
    column(rule, sources.get(0).columns());
    return new RowAges(
        rule,
        Suppliers.memoize(
            () -> {
              Optional<TimeColumn> times = times(rule, sources);
              double end =
                  times
                      .flatMap(t -> given(rule, t))
                      .orElseGet(() -> times.map(t -> latest(t, sources)).orElse(0.0));
              return new End(times, end);
            }));
  }

  /**
   * The ages of rows that came after the experiment's, or are some of them: the data end with the
   * later of its {@code end} and the latest of these rows.
   *
   * @throws MtlException as {@link #of} does
   */
  public static RowAges ofLater(RowTimes rule, BatchSource source) {
    List<BatchSource> sources = List.of(source);
    Optional<TimeColumn> times = times(rule, sources);
    double end =
        times
            .map(t -> Math.max(latest(t, sources), given(rule, t).orElse(Double.NEGATIVE_INFINITY)))
            .orElse(0.0);
    return new RowAges(rule, () -> new End(times, end));
  }

  private static Optional<TimeColumn> times(RowTimes rule, List<? extends BatchSource> sources) {
    int column = column(rule, sources.get(0).columns());
    for (BatchSource source : sources) {
      try (RawCursor cursor = source.open()) {
        Optional<RawBatch> first = cursor.next(BLOCK);
        if (first.isPresent()) {
          return Optional.of(TimeColumn.of(use(rule), column, first.get()));
        }
      }
    }
    return Optional.empty(); // Of no rows: whoever counts them says so.
  }

  /** What a column of times is for. */
  static TimeColumn.Use use(RowTimes rule) {
    return new TimeColumn.Use("The age of rows comes from column", rule.column());
  }

  /** Where the column stands. */
  static int column(RowTimes rule, Columns columns) {
    try {
      return columns.indexOf(rule.column());
    } catch (MtlException e) {
      throw e.at(KEY + "column");
    }
  }

  private static Optional<Double> given(RowTimes rule, TimeColumn times) {
    return rule.end().map(text -> times.parse(KEY + "end", text));
  }

  private static double latest(TimeColumn times, List<? extends BatchSource> sources) {
    double latest = Double.NEGATIVE_INFINITY;
    for (BatchSource source : sources) {
      try (RawCursor cursor = source.open()) {
        for (var rows = cursor.next(BLOCK); rows.isPresent(); rows = cursor.next(BLOCK)) {
          for (int row = 0; row < rows.get().rowCount(); row++) {
            latest = Math.max(latest, times.at(rows.get(), row));
          }
        }
      }
    }
    return latest;
  }

  /** The same rows with their ages. */
  public BatchSource over(BatchSource source) {
    return new AgedSource(source, this);
  }

  /** Has the end found, before a pass begins: not two at a time. */
  void bind() {
    Objects.requireNonNull(end.get());
  }

  /** A block with its ages. */
  RawBatch of(RawBatch rows) {
    double[] ages = new double[rows.rowCount()];
    for (int row = 0; row < ages.length; row++) {
      ages[row] = age(rows, row);
    }
    return rows.with(COLUMN, List.of(ages));
  }

  private double age(RawBatch rows, int row) {
    TimeColumn column = end.get().times().orElseThrow();
    double age = end.get().time() - column.at(rows, row);
    return column.shape() == TimeShape.NUMBER ? age * rule.unit().inSeconds() : age;
  }

  /** The rule; where it names no end, that follows from the rows of all its sources. */
  @Override
  public String toString() {
    return rule.toString();
  }
}
