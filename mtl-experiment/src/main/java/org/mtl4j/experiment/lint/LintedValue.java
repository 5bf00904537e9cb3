package org.mtl4j.experiment.lint;

import java.util.stream.Collectors;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.task.Columns;

/** What the checks see of a feature: its column's value, or those of its columns as one. */
final class LintedValue {
  private final int[] columns;

  private LintedValue(int[] columns) {
    this.columns = columns;
  }

  /** Of a feature over the columns of the rows. */
  static LintedValue of(FeatureSpec feature, Columns columns) {
    return new LintedValue(feature.columns().stream().mapToInt(columns::indexOf).toArray());
  }

  /** The number in the only column of a row; NaN for none. */
  double number(RawBatch rows, int row) {
    return rows.number(columns[0], row);
  }

  /** 64 bits over the value; {@link ValueHash#MISSING} where one of several is missing. */
  long hash(RawBatch rows, int row) {
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

  /** What a finding calls it, at the beginning of a sentence. */
  static String words(FeatureSpec feature) {
    return feature.columns().size() == 1
        ? "The column \"" + feature.columns().get(0) + "\""
        : feature.columns().stream()
            .map(column -> '"' + column + '"')
            .collect(Collectors.joining(" with ", "The cross of ", ""));
  }
}
