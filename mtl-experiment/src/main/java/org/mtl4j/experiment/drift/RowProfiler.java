package org.mtl4j.experiment.drift;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.feature.EncodedFeatures;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.task.FittedTask;

/** Looks at encoded rows, block by block, and says what they look like. */
public final class RowProfiler {
  private static final int BLOCK = 4096;
  private static final int BLOCKS = 64;
  private static final int SAMPLE = 16_384;

  private final Map<String, FeatureTally> features = new LinkedHashMap<>();
  private final Map<String, LabelTally> labels = new LinkedHashMap<>();
  private double rows;

  private RowProfiler(List<FittedTask> tasks) {
    tasks.forEach(task -> labels.put(task.name(), new LabelTally(task)));
  }

  /**
   * Looks at rows beside those that a profile is of.
   *
   * @param expected has the bins
   * @param pipeline that encodes the rows, made of the same features
   */
  public static RowProfiler like(
      RowProfile expected, FeaturePipeline pipeline, List<FittedTask> tasks) {
    RowProfiler profiler = new RowProfiler(tasks);
    for (SeenFeature feature : SeenFeature.of(pipeline)) {
      FeatureProfile bins = expected.features().get(feature.name());
      if (bins != null) {
        profiler.features.put(feature.name(), new FeatureTally(feature, bins));
      }
    }
    return profiler;
  }

  /**
   * What training rows look like: 64 blocks of 4096 at most, evenly spread over them. Bins of
   * numbers are cut by 16,384 of their rows.
   */
  public static RowProfile of(EncodedData data, FeaturePipeline pipeline, List<FittedTask> tasks) {
    RowProfiler profiler = new RowProfiler(tasks);
    int size = Math.min(SAMPLE, data.rowCount());
    EncodedRows sample =
        data.pick(IntStream.range(0, size).map(i -> (int) spread(i, size, data)).toArray());
    for (SeenFeature feature : SeenFeature.of(pipeline)) {
      double[] numbers = feature.numbers(sample.ids(), sample.dense(), size);
      FeatureProfile bins = FeatureTally.bins(feature, numbers);
      profiler.features.put(feature.name(), new FeatureTally(feature, bins));
    }
    int blocks = (data.rowCount() + BLOCK - 1) / BLOCK;
    for (int i = 0; i < Math.min(BLOCKS, blocks); i++) {
      int from = BLOCK * (int) ((long) i * blocks / Math.min(BLOCKS, blocks));
      EncodedRows block = data.block(from, Math.min(BLOCK, data.rowCount() - from));
      profiler.add(block.ids(), block.dense(), block.labels(), block.rowCount());
    }
    return profiler.profile();
  }

  private static long spread(int i, int size, EncodedData data) {
    return (long) i * data.rowCount() / size;
  }

  /**
   * Looks at a block.
   *
   * @param ids of the pipeline's columns
   * @param dense of its dense inputs
   * @param outputs labels, by task and whatever else there is
   */
  public void add(
      List<int[]> ids, List<float[]> dense, Map<String, LabelColumn> outputs, int blockRows) {
    features.values().forEach(feature -> feature.add(ids, dense, blockRows));
    labels.forEach((task, tally) -> Optional.ofNullable(outputs.get(task)).ifPresent(tally::add));
    rows += blockRows;
  }

  /**
   * The same of rows whose texts are there too: of values that the model does not know, those that
   * are frequent.
   */
  public void add(RawBatch rows, EncodedFeatures encoded, Map<String, LabelColumn> outputs) {
    add(encoded.ids(), encoded.dense(), outputs, rows.rowCount());
    features.values().forEach(feature -> feature.addUnknown(rows, encoded.ids()));
  }

  /** What was seen so far. */
  public RowProfile profile() {
    Map<String, FeatureProfile> seen = new LinkedHashMap<>();
    features.forEach((name, tally) -> seen.put(name, tally.profile()));
    Map<String, LabelProfile> levels = new LinkedHashMap<>();
    labels.forEach((task, tally) -> levels.put(task, tally.profile()));
    return new RowProfile(rows, seen, levels);
  }
}
