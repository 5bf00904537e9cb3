package org.mtl4j.experiment.lint;

import java.util.Collection;
import java.util.List;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.CrossFeature;
import org.mtl4j.core.schema.DatetimeFeature;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.schema.NumberFeature;
import org.mtl4j.core.schema.PretrainedFeature;
import org.mtl4j.core.task.Columns;

/**
 * Some rows of a split, chosen by the hash of their record's index: per numeric feature the number,
 * per categorical one its hash, per binary task the label.
 */
final class RowSample {
  private final List<FeatureSpec> features;
  private final List<LintedValue> values;
  private final List<BinaryTask> tasks;
  private final HashSample<Row> rows;

  /**
   * An empty sample.
   *
   * @param features of whatever kind; lists are left out
   * @param limit rows at most
   * @param cells values at most
   */
  RowSample(
      List<? extends FeatureSpec> features,
      Columns columns,
      List<BinaryTask> tasks,
      int limit,
      int cells) {
    this.features = features.stream().filter(RowSample::isScalar).<FeatureSpec>map(f -> f).toList();
    this.values = this.features.stream().map(f -> LintedValue.of(f, columns)).toList();
    this.tasks = tasks;
    this.rows = new HashSample<>(LintLimits.ofHeap().rows(limit, cells, this.features.size()));
  }

  private static boolean isScalar(FeatureSpec feature) {
    return feature instanceof NumberFeature
        || feature instanceof CategoricalFeature
        || feature instanceof CrossFeature
        || feature instanceof DatetimeFeature
        || feature instanceof PretrainedFeature;
  }

  /**
   * A row.
   *
   * @param key even bits that differ from row to row
   * @param cells per feature a number's bits or a value's hash
   * @param labels per task 1, 0 or {@link BinaryTask#NO_SAY}
   */
  record Row(long key, long[] cells, byte[] labels) {
    double number(int feature) {
      return Double.longBitsToDouble(cells[feature]);
    }
  }

  /** The features it holds, in the order of a row's cells. */
  List<FeatureSpec> features() {
    return features;
  }

  /** The tasks, in the order of a row's labels. */
  List<BinaryTask> tasks() {
    return tasks;
  }

  /** Looks at a block. */
  void observe(RawBatch block) {
    for (int r = 0; r < block.rowCount(); r++) {
      int row = r;
      long record = block.record(row);
      long key = ValueHash.mix(record);
      rows.at(key, record, () -> read(ValueHash.mix(key), block, row));
    }
  }

  private Row read(long key, RawBatch block, int row) {
    long[] cells = new long[values.size()];
    for (int f = 0; f < cells.length; f++) {
      cells[f] =
          features.get(f) instanceof NumberFeature
              ? Double.doubleToLongBits(values.get(f).number(block, row) + 0.0) // -0 equals 0.
              : values.get(f).hash(block, row);
    }
    byte[] labels = new byte[tasks.size()];
    for (int t = 0; t < labels.length; t++) {
      labels[t] = (byte) tasks.get(t).at(block, row);
    }
    return new Row(key, cells, labels);
  }

  /** The rows kept. */
  Collection<Row> rows() {
    return rows.values();
  }

  /** What was looked at, for evidence. */
  String words(String what) {
    return rows.words(what);
  }
}
