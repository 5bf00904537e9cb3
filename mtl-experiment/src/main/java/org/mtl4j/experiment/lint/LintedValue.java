package org.mtl4j.experiment.lint;

import java.time.LocalDateTime;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.feature.TimeReader;
import org.mtl4j.core.schema.DatetimeFeature;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.schema.TimePart;
import org.mtl4j.core.schema.TimeRule;
import org.mtl4j.core.task.Columns;

/** What the checks see of a feature: its column's value, those of its columns as one, or parts. */
final class LintedValue {
  private final int[] columns;
  private final Optional<DatetimeFeature> time;

  private LintedValue(int[] columns, Optional<DatetimeFeature> time) {
    this.columns = columns;
    this.time = time;
  }

  /** Of a feature over the columns of the rows. */
  static LintedValue of(FeatureSpec feature, Columns columns) {
    return new LintedValue(
        feature.columns().stream().mapToInt(columns::indexOf).toArray(),
        Optional.of(feature)
            .filter(DatetimeFeature.class::isInstance)
            .map(DatetimeFeature.class::cast));
  }

  /** The number in the only column of a row; NaN for none. */
  double number(RawBatch rows, int row) {
    return rows.number(columns[0], row);
  }

  /** 64 bits over the value; {@link ValueHash#MISSING} where one of several is missing. */
  long hash(RawBatch rows, int row) {
    if (time.isPresent()) {
      return parts(time.get(), rows, row);
    }
    if (columns.length == 1) {
      return ValueHash.of(rows, columns[0], row);
    }
    long all = ValueHash.MISSING;
    for (int column : columns) {
      long hash = ValueHash.of(rows, column, row);
      if (hash == ValueHash.MISSING) {
        return ValueHash.MISSING;
      }
      all = ValueHash.mix(all ^ hash);
    }
    return all;
  }

  /** Over the parts that a model sees: no other row has the time itself. */
  private long parts(DatetimeFeature feature, RawBatch rows, int row) {
    long units = new TimeReader(feature.rule(), columns[0]).read(rows, row);
    if (units == TimeRule.MISSING) {
      return ValueHash.MISSING;
    }
    LocalDateTime local = feature.rule().local(units);
    long all = 1;
    for (TimePart part : feature.layout().parts()) {
      all = ValueHash.mix(all ^ part.of(local));
    }
    return all;
  }

  /** What a finding calls it, at the beginning of a sentence. */
  static String words(FeatureSpec feature) {
    return feature.columns().size() == 1
        ? "The column \"" + feature.columns().get(0) + "\""
        : feature.columns().stream()
            .map(column -> '"' + column + '"')
            .collect(Collectors.joining(" with ", "The cross of ", ""));
  }
}
