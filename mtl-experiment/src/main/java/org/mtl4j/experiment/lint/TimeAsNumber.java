package org.mtl4j.experiment.lint;

import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.schema.NumberFeature;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.describe.PointInTime;
import org.mtl4j.data.split.Split;
import org.mtl4j.data.split.SplitRule;

/**
 * A point in time as a numeric feature: one that reads the column that rows are split by, and whose
 * validation and test values all lie at or beyond the end of its training values, as those of an
 * age do not; or one of whose training values .99 are whole seconds or milliseconds since 1970 of
 * the years 2000 to 2039.
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
            .filter(NumberFeature.class::isInstance)
            .map(feature -> new Column((NumberFeature) feature, subject.columns()))
            .toList();
  }

  @Override
  public void observe(Split split, RawBatch rows) {
    columns.forEach(column -> column.observe(split, rows));
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
        && !Collections.disjoint(
            subject.sources(column.feature.column()), subject.sources(time.column()))
        && column.goesOn();
  }

  private Finding finding(Column column) {
    String evidence =
        splits(column)
            ? "It reads the column that rows are split by time with, and every validation and test"
                + " row lies at or beyond the end of its training values."
            : String.format(
                Locale.ROOT,
                "%,d of the %,d training values of the column \"%s\" look like seconds or"
                    + " milliseconds since 1970, of the years 2000 to 2039.",
                column.times,
                column.train.getCount(),
                column.feature.column());
    return new Finding(
        name,
        Severity.WARNING,
        "features." + column.feature.name(),
        evidence,
        "Rows to come have times that no training row had: take the feature out, or make an age of it"
            + " under data.columns, the time since another column's; hour and weekday are what"
            + " type: datetime makes of it.");
  }

  /** A feature's values. */
  private static final class Column {
    private final NumberFeature feature;
    private final int index;
    private final DoubleSummaryStatistics train = new DoubleSummaryStatistics();
    private final DoubleSummaryStatistics heldOut = new DoubleSummaryStatistics();
    private long times;

    Column(NumberFeature feature, Columns columns) {
      this.feature = feature;
      this.index = columns.indexOf(feature.column());
    }

    void observe(Split split, RawBatch block) {
      boolean trains = split == Split.TRAIN;
      for (int row = 0; row < block.rowCount(); row++) {
        double number = block.number(index, row);
        if (!Double.isNaN(number)) {
          (trains ? train : heldOut).accept(number);
          times += trains && PointInTime.isEpoch(number) ? 1 : 0;
        }
      }
    }

    boolean isEpoch() {
      return train.getCount() >= LEAST_ROWS && times >= NEARLY_ALL * train.getCount();
    }

    /** Whether it rises, or falls, from training on; a flag that stays as it was does neither. */
    boolean goesOn() {
      boolean rises = heldOut.getMin() >= train.getMax() && heldOut.getMax() > train.getMax();
      boolean falls = heldOut.getMax() <= train.getMin() && heldOut.getMin() < train.getMin();
      return train.getCount() > 0 && heldOut.getCount() > 0 && (rises || falls);
    }
  }
}
