package org.mtl4j.experiment.run;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.LabelEncoder;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.model.OutputLabels;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.fit.FeatureFitter;
import org.mtl4j.data.fit.LabelFitter;
import org.mtl4j.data.split.Split;

/**
 * The data of an experiment, ready to train on: what was learnt from the training split, and every
 * split encoded by it.
 *
 * @param pipeline the fitted features
 * @param tasks the fitted tasks
 * @param rows per split its rows; a split without rows is not there
 * @param replay some raw rows for the export's certificate
 * @param warnings what looked odd, a sentence each
 */
public record ExperimentData(
    FeaturePipeline pipeline,
    List<FittedTask> tasks,
    Map<Split, EncodedRows> rows,
    RawBatch replay,
    List<String> warnings) {
  private static final int BLOCK = 4096;
  private static final int REPLAY_ROWS = 256;

  /**
   * Reads the data twice: once to learn from the training split, once to encode all splits.
   *
   * @throws MtlException for whatever is wrong with the data
   */
  public static ExperimentData prepare(ExperimentPlan plan, SplitDataset dataset) {
    Columns columns = dataset.columns();
    Groups groups = Groups.of(plan.config().evaluation().groupBy(), columns);
    FeatureFitter features = new FeatureFitter(plan.features(), columns);
    LabelFitter labels = new LabelFitter(plan.tasks(), columns);
    Map<Split, Integer> sizes = new EnumMap<>(Split.class);
    List<RawBatch> replay = new ArrayList<>();
    dataset.forEach(
        BLOCK,
        (split, block) -> {
          sizes.merge(split, block.rowCount(), Integer::sum);
          if (split == Split.TRAIN) {
            features.observe(block);
            labels.observe(block);
            if (replay.isEmpty()) {
              replay.add(block);
            }
          }
        });
    FeaturePipeline pipeline = new FeaturePipeline(features.fit());
    List<FittedTask> tasks = labels.fit();
    Encoding encoding =
        new Encoding(
            pipeline,
            new LabelEncoder(tasks, columns),
            plan.learner().model().outputs(tasks),
            groups);
    Map<Split, EncodedRows> rows = encoding.all(dataset, sizes);
    // Asked for once, after the last pass: every pass comes upon the same bad rows.
    List<String> warnings = new ArrayList<>(dataset.warnings());
    warnings.addAll(features.warnings());
    return new ExperimentData(pipeline, tasks, rows, first(replay.get(0)), warnings);
  }

  private static RawBatch first(RawBatch block) {
    int rows = Math.min(REPLAY_ROWS, block.rowCount());
    return block.select(IntStream.range(0, rows).toArray());
  }

  /** The rows of a split, if it has any. */
  public Optional<EncodedRows> split(Split split) {
    return Optional.ofNullable(rows.get(split));
  }

  /** What turns raw blocks into encoded ones. */
  private record Encoding(
      FeaturePipeline pipeline, LabelEncoder labels, List<OutputSpec> outputs, Groups groups) {
    Map<Split, EncodedRows> all(SplitDataset dataset, Map<Split, Integer> sizes) {
      Map<Split, EncodedSplit> splits = new EnumMap<>(Split.class);
      sizes.forEach((split, size) -> splits.put(split, new EncodedSplit(size)));
      dataset.forEach(BLOCK, (split, block) -> add(splits.get(split), block));
      Map<Split, EncodedRows> rows = new EnumMap<>(Split.class);
      splits.forEach((split, encoded) -> rows.put(split, encoded.rows()));
      return rows;
    }

    private void add(EncodedSplit split, RawBatch block) {
      Map<String, LabelColumn> columns = OutputLabels.of(outputs, labels.encode(block));
      split.add(pipeline.encode(block), columns, groups.of(block));
    }
  }
}
