package org.mtl4j.experiment.lint;

import java.util.List;
import java.util.Locale;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.CrossFeature;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.split.Split;

/**
 * A categorical feature, or a cross of such, with at least .9 different values a training row: no
 * row says anything of another. Values are counted exactly up to 16,384 different ones, fewer where
 * more than 60 features share the memory; beyond that within 2 % or so.
 */
final class UniqueIds implements LintCheck {
  private static final int LEAST_ROWS = 100;
  private static final double UNIQUE = 0.9;
  private static final int VALUES = 16_384;
  private static final int CELLS = 1_000_000;

  private final String name;
  private final List<Column> columns;

  UniqueIds(String name, LintSubject subject) {
    this.name = name;
    List<? extends FeatureSpec> features =
        subject.features().stream()
            .filter(f -> f instanceof CategoricalFeature || f instanceof CrossFeature)
            .toList();
    int limit = LintLimits.ofHeap().rows(VALUES, CELLS, features.size());
    this.columns =
        features.stream().map(feature -> new Column(feature, subject.columns(), limit)).toList();
  }

  @Override
  public void observe(Split split, RawBatch rows) {
    if (split == Split.TRAIN) {
      columns.forEach(column -> column.observe(rows));
    }
  }

  @Override
  public List<Finding> findings() {
    return columns.stream().filter(Column::isUnique).map(this::finding).toList();
  }

  private Finding finding(Column column) {
    boolean all = column.values.oneIn() == 1;
    return new Finding(
        name,
        Severity.WARNING,
        "features." + column.feature.name(),
        String.format(
            Locale.ROOT,
            "%s has %s%,d different values in %,d training rows that have one%s.",
            LintedValue.words(column.feature),
            all ? "" : "about ",
            column.values.distinct(),
            column.rows,
            all ? "" : " (" + column.values.words("values") + ")"),
        "An embedding learns nothing from a value that does not come again: take the feature out, or"
            + " raise min_count.");
  }

  /** A feature's values. */
  private static final class Column {
    private final FeatureSpec feature;
    private final LintedValue value;
    private final HashSample<Boolean> values;
    private long rows;

    Column(FeatureSpec feature, Columns columns, int limit) {
      this.feature = feature;
      this.values = new HashSample<>(limit);
      this.value = LintedValue.of(feature, columns);
    }

    void observe(RawBatch block) {
      for (int row = 0; row < block.rowCount(); row++) {
        long hash = value.hash(block, row);
        if (hash != ValueHash.MISSING) {
          rows++;
          values.at(hash, 0, () -> true);
        }
      }
    }

    boolean isUnique() {
      return rows >= LEAST_ROWS && values.distinct() >= UNIQUE * rows;
    }
  }
}
