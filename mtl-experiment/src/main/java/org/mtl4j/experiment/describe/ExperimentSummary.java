package org.mtl4j.experiment.describe;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.LabelEncoder;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.describe.TableSummary;
import org.mtl4j.data.describe.TableTally;
import org.mtl4j.data.fit.LabelFitter;
import org.mtl4j.data.split.Split;
import org.mtl4j.experiment.run.Datasets;
import org.mtl4j.experiment.run.ExperimentPlan;

/**
 * What is in an experiment's data: the rows that {@code where} keeps, with derived columns.
 *
 * @param rows per split its rows
 * @param table every column
 * @param labels per task and split its labels
 */
public record ExperimentSummary(
    Map<Split, Long> rows, TableSummary table, Map<String, Map<Split, Labels>> labels) {
  private static final int BLOCK = 4096;

  /** Copies the maps. */
  public ExperimentSummary {
    rows = Map.copyOf(rows);
    labels = new LinkedHashMap<>(labels);
  }

  /**
   * The labels of a task in a split.
   *
   * @param rows rows that have a say in the task
   * @param sum of their labels: of a binary task its positives
   */
  public record Labels(long rows, double sum) {
    private static final Labels NONE = new Labels(0, 0);

    /** The mean label; of a binary task the rate of positives. NaN without rows. */
    public double mean() {
      return sum / rows;
    }

    private Labels and(LabelColumn more) {
      long count = rows;
      double total = sum;
      for (int row = 0; row < more.size(); row++) {
        if (more.mask()[row]) {
          count++;
          total += more.labels()[row];
        }
      }
      return new Labels(count, total);
    }
  }

  /**
   * Reads the data twice: the classes of labels are learnt from the training split.
   *
   * @throws MtlException for a row that cannot be read, or a task that cannot be learnt
   */
  public static ExperimentSummary of(ExperimentPlan plan, Datasets datasets) {
    try {
      return of(plan, datasets.splits(plan));
    } catch (MtlException e) {
      throw plan.document().placed(e);
    }
  }

  private static ExperimentSummary of(ExperimentPlan plan, SplitDataset dataset) {
    TableTally table = new TableTally(dataset.columns());
    LabelFitter fitter = new LabelFitter(plan.tasks(), dataset.columns());
    Map<Split, Long> rows = new EnumMap<>(Split.class);
    dataset.forEach(
        BLOCK,
        (split, block) -> {
          table.observe(block);
          rows.merge(split, (long) block.rowCount(), Long::sum);
          if (split == Split.TRAIN) {
            fitter.observe(block);
          }
        });
    return new ExperimentSummary(rows, table.summary(), labels(fitter.fit(), dataset));
  }

  private static Map<String, Map<Split, Labels>> labels(
      List<FittedTask> tasks, SplitDataset dataset) {
    LabelEncoder encoder = new LabelEncoder(tasks, dataset.columns());
    Map<String, Map<Split, Labels>> labels = new LinkedHashMap<>();
    tasks.forEach(task -> labels.put(task.name(), new EnumMap<>(Split.class)));
    dataset.forEach(BLOCK, (split, block) -> add(encoder, split, block, labels));
    return labels;
  }

  private static void add(
      LabelEncoder encoder, Split split, RawBatch block, Map<String, Map<Split, Labels>> labels) {
    encoder
        .encode(block)
        .forEach(
            (task, column) ->
                labels
                    .get(task)
                    .compute(
                        split, (s, before) -> (before == null ? Labels.NONE : before).and(column)));
  }
}
