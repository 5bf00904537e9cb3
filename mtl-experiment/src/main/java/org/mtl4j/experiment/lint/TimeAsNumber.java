package org.mtl4j.experiment.lint;

import java.util.List;
import java.util.Locale;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.schema.NumericFeature;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.split.Split;
import org.mtl4j.data.split.SplitRule;

/**
 * A point in time as a numeric feature: the column that rows are split by, or one of whose training
 * values .99 are whole seconds or milliseconds since 1970 of the years 2000 to 2039.
 */
final class TimeAsNumber implements LintCheck {
  private static final double NEARLY_ALL = 0.99;
  private static final int LEAST_ROWS = 10;

  private final String name;
  private final LintSubject subject;
  private final List<Column> columns;

  TimeAsNumber(String name, LintSubject subject) {
    this.name = name;
    this.subject = subject;
    this.columns =
        subject.features().stream()
            .filter(NumericFeature.class::isInstance)
            .map(feature -> new Column((NumericFeature) feature, subject.columns()))
            .toList();
  }

  @Override
  public void observe(Split split, RawBatch rows) {
    if (split == Split.TRAIN) {
      columns.forEach(column -> column.observe(rows));
    }
  }

  @Override
  public List<Finding> findings() {
    return columns.stream()
        .filter(column -> splits(column) || column.isEpoch())
        .map(this::finding)
        .toList();
  }

  private boolean splits(Column column) {
    return subject.data().split() instanceof SplitRule.Time time
        && subject.sources(column.feature.column()).contains(time.column());
  }

  private Finding finding(Column column) {
    String evidence =
        splits(column)
            ? "It reads the column that rows are split by time with, and every test row lies beyond"
                + " what training saw."
            : String.format(
                Locale.ROOT,
                "%,d of the %,d training values of the column \"%s\" look like seconds or"
                    + " milliseconds since 1970, of the years 2000 to 2039.",
                column.times,
                column.rows,
                column.feature.column());
    return new Finding(
        name,
        Severity.WARNING,
        "features." + column.feature.name(),
        evidence,
        "Rows to come have times that no training row had: take the feature out, or derive an hour,"
            + " a weekday or an age from it under data.columns.");
  }

  /** A feature's values. */
  private static final class Column {
    private final NumericFeature feature;
    private final int index;
    private long rows;
    private long times;

    Column(NumericFeature feature, Columns columns) {
      this.feature = feature;
      this.index = columns.indexOf(feature.column());
    }

    void observe(RawBatch block) {
      for (int row = 0; row < block.rowCount(); row++) {
        double number = block.number(index, row);
        if (!Double.isNaN(number)) {
          rows++;
          times += EpochTime.is(number) ? 1 : 0;
        }
      }
    }

    boolean isEpoch() {
      return rows >= LEAST_ROWS && times >= NEARLY_ALL * rows;
    }
  }
}
