package org.mtl4j.experiment.describe;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.LabelEncoder;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelWindow;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.describe.TableSummary;
import org.mtl4j.data.describe.TableTally;
import org.mtl4j.data.fit.LabelFitter;
import org.mtl4j.data.split.Split;
import org.mtl4j.experiment.run.Datasets;
import org.mtl4j.experiment.run.ExperimentPlan;

/**
 * What is in an experiment's data after all its rules: the rows that {@code where} and {@code
 * down_sampling} keep and those that {@code negatives} draws, with derived columns and those of
 * lookups.
 *
 * @param rows per split its rows
 * @param table every column
 * @param labels per task and split its labels
 * @param warnings what was odd about the rows
 */
public record ExperimentSummary(
    Map<Split, Long> rows,
    TableSummary table,
    Map<String, Map<Split, Labels>> labels,
    List<String> warnings) {
  private static final int BLOCK = 4096;

  /** Copies the containers. */
  public ExperimentSummary {
    rows = Map.copyOf(rows);
    labels = new LinkedHashMap<>(labels);
    warnings = List.copyOf(warnings);
  }

  /**
   * The labels of a task in a split.
   *
   * @param rows rows that have a say in the task
   * @param sum of their labels: of a binary task its positives, of a multilabel one the classes of
   *     all sets; NaN of a multiclass one, whose labels are no numbers
   */
  public record Labels(long rows, double sum) {
    private static Labels none(FittedTask task) {
      return new Labels(0, hasMean(task.task().type()) ? 0 : Double.NaN);
    }

    private static boolean hasMean(TaskType type) {
      return !type.isClass() && !type.isUnsupervised();
    }

    /**
     * The mean label: of a binary task the rate of positives, of a multilabel one the classes a
     * row. Empty without rows, of a multiclass task, and of one without a label.
     */
    public OptionalDouble mean() {
      double mean = sum / rows;
      return Double.isNaN(mean) ? OptionalDouble.empty() : OptionalDouble.of(mean);
    }

    private Labels and(LabelColumn more) {
      long count = rows;
      double total = sum;
      for (int row = 0; row < more.size(); row++) {
        if (more.mask()[row]) {
          count++;
          for (int k = 0; k < more.width(); k++) {
            total += more.labels()[row * more.width() + k];
          }
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
    return new ExperimentSummary(
        rows,
        withoutAges(table.summary()),
        labels(fitter.fit(), rows.keySet(), dataset),
        dataset.warnings());
  }

  /** Without the column that no file has, and that {@code label_window} reads. */
  private static TableSummary withoutAges(TableSummary table) {
    return new TableSummary(
        table.rows(),
        table.columns().stream().filter(c -> !c.name().equals(LabelWindow.AGE)).toList());
  }

  private static Map<String, Map<Split, Labels>> labels(
      List<FittedTask> tasks, Set<Split> splits, SplitDataset dataset) {
    LabelEncoder encoder = new LabelEncoder(tasks, dataset.columns());
    Map<String, Map<Split, Labels>> labels = new LinkedHashMap<>();
    for (FittedTask task : tasks) {
      Map<Split, Labels> none = new EnumMap<>(Split.class);
      splits.forEach(split -> none.put(split, Labels.none(task)));
      labels.put(task.name(), none);
    }
    dataset.forEach(BLOCK, (split, block) -> add(encoder, split, block, labels));
    return labels;
  }

  private static void add(
      LabelEncoder encoder, Split split, RawBatch block, Map<String, Map<Split, Labels>> labels) {
    encoder
        .encode(block)
        .forEach(
            (task, column) ->
                labels.get(task).computeIfPresent(split, (s, before) -> before.and(column)));
  }
}
