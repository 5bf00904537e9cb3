package org.mtl4j.experiment.run;

import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.training.QueryRows;
import org.mtl4j.core.training.RowSampling;
import org.mtl4j.core.training.TrainingRows;
import org.mtl4j.data.union.UnionConfig;
import org.mtl4j.experiment.config.SamplingConfig;

/**
 * The ratio of each training row: the largest of those of its domain and of the tasks that have a
 * label in it, 1 where none of them has one. Asked for row after row, it reads a block at a time.
 */
final class RowRatios implements IntToDoubleFunction {
  private static final int BLOCK = 4096;

  /** Where no ratio applies. */
  static final double NONE = -1;

  private final EncodedData rows;
  private final Map<String, Double> tasks;
  private final double[] domains;
  private EncodedRows block;
  private int first;

  /**
   * The ratios of rows whose group is the number of their domain.
   *
   * @param domains the domains' names in the order of their numbers; none if the rows have none
   */
  RowRatios(SamplingConfig config, List<String> domains, EncodedData rows) {
    this.rows = rows;
    this.tasks = config.task();
    this.domains =
        domains.stream().mapToDouble(name -> config.domain().getOrDefault(name, NONE)).toArray();
  }

  /** The training rows of an experiment, and how often an epoch takes each. */
  static TrainingRows of(ExperimentPlan plan, EncodedData rows) {
    List<String> domains =
        UnionConfig.of(plan.config().data().source()).map(UnionConfig::domains).orElse(List.of());
    return new TrainingRows(
        rows,
        plan.config()
            .training()
            .sampling()
            .map(s -> RowSampling.of(rows.rowCount(), new RowRatios(s, domains, rows))),
        plan.queryGroup().map(column -> QueryRows.of(rows)));
  }

  @Override
  public double applyAsDouble(int row) {
    if (block == null || row < first || row >= first + block.rowCount()) {
      first = row;
      block = rows.block(row, Math.min(BLOCK, rows.rowCount() - row));
    }
    int r = row - first;
    double largest = domains.length == 0 ? NONE : domains[block.groups().orElseThrow()[r]];
    for (Map.Entry<String, Double> task : tasks.entrySet()) {
      if (block.labels().get(task.getKey()).mask()[r]) {
        largest = Math.max(largest, task.getValue());
      }
    }
    return orOnce(largest);
  }

  /** A row to which no ratio applies is taken once. */
  static double orOnce(double largest) {
    return largest == NONE ? 1 : largest;
  }
}
