package org.mtl4j.data.dataset;

import java.util.List;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.LabelEncoder;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.Task;
import org.mtl4j.data.split.RowUniform;

/**
 * Which training rows down-sampling keeps: all but negatives, and of these a share by a hash of
 * seed and record. Stateless: several passes agree, whatever their blocks.
 */
final class KeptRows implements RowFilter {
  private final DownSampling rule;
  private final Task task;
  private final Seed seed;
  private final LabelEncoder labels;

  /**
   * A rule over some columns.
   *
   * @param task the one that the rule names, binary
   * @param seed of the hash
   */
  KeptRows(DownSampling rule, Task task, Seed seed, Columns columns) {
    this.rule = rule;
    this.task = task;
    this.seed = seed;
    this.labels =
        new LabelEncoder(List.of(new FittedTask(task, new LabelEncoding.Indicator())), columns);
  }

  @Override
  public boolean[] of(RawBatch rows) {
    LabelColumn column = labels.encode(rows).get(task.name());
    RowUniform uniform = new RowUniform(seed);
    boolean[] kept = new boolean[rows.rowCount()];
    for (int row = 0; row < kept.length; row++) {
      kept[row] = !DownSampling.isNegative(column, row) || uniform.of(rows, row) < rule.keep();
    }
    return kept;
  }

  /** All that it follows from. */
  @Override
  public String toString() {
    return rule + ", seed " + seed.value() + ", " + task;
  }
}
