package org.mtl4j.experiment.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.LabelEncoder;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.feature.EncodedFeatures;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.model.OutputLabels;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.data.dataset.DownSampling;
import org.mtl4j.data.dataset.RowDays;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.fit.FeatureFitter;
import org.mtl4j.data.split.Split;
import org.mtl4j.experiment.drift.RowProfile;
import org.mtl4j.experiment.drift.RowProfiler;

/**
 * Rows that came after a run was trained, read once: what they look like to its model, which of its
 * tokens they have, and what they would teach. Nothing is decided here.
 */
public final class LaterRows {
  private static final int BLOCK = 4096;

  private final FeaturePipeline pipeline;
  private final FeatureFitter features;
  private final LabelEncoder labels;
  private final Optional<RowProfiler> profiler;
  private final ReplayRows replay;
  private final Optional<DownSampling> sampling;
  private final Optional<RowDays> days;
  private final List<OutputSpec> outputs;
  private final Map<String, boolean[]> tokens = new LinkedHashMap<>();
  private final Map<Split, Long> counts = new EnumMap<>(Split.class);

  private LaterRows(
      ExperimentPlan plan,
      SplitDataset dataset,
      RunTransforms transforms,
      Optional<RowProfile> expected) {
    this.pipeline = transforms.pipeline();
    this.features =
        new FeatureFitter(plan.features(), dataset.rows(Split.TRAIN), NegativeRoles.combined(plan));
    this.labels = new LabelEncoder(transforms.tasks(), dataset.columns());
    this.profiler =
        expected.map(profile -> RowProfiler.like(profile, pipeline, transforms.tasks()));
    this.replay = new ReplayRows(plan.config().data().source(), dataset.columns());
    this.sampling = plan.config().data().downSampling();
    this.days = plan.config().data().time().map(rule -> new RowDays(rule, dataset.columns()));
    this.outputs = plan.learner().model().outputs(transforms.tasks());
    pipeline.tables().forEach(table -> tokens.put(table.name(), new boolean[table.rows()]));
  }

  /**
   * Reads the rows.
   *
   * @param plan the run's experiment, with these rows for its data
   * @param transforms of the model that they are to be trained on
   * @param expected what rows before looked like; empty: nobody knows
   * @throws org.mtl4j.core.error.MtlException for whatever is wrong with the rows
   */
  public static LaterRows read(
      ExperimentPlan plan,
      SplitDataset dataset,
      RunTransforms transforms,
      Optional<RowProfile> expected,
      ExperimentListener listener) {
    LaterRows later = new LaterRows(plan, dataset, transforms, expected);
    dataset.forEach(BLOCK, (split, block) -> later.observe(split, block, listener));
    return later;
  }

  private void observe(Split split, RawBatch block, ExperimentListener listener) {
    boolean training = split == Split.TRAIN;
    EncodedFeatures known = pipeline.encode(block);
    mark(training ? known : pipeline.encodeServed(block));
    days.ifPresent(d -> d.observe(block));
    if (training) {
      features.observe(block);
      replay.observe(block);
    }
    // All of a day: the last tenth of it alone has its last hours. Where training rows are sampled
    // the others are not like them.
    if (training || sampling.isEmpty()) {
      profiler.ifPresent(p -> p.add(block, known, labels(block)));
    }
    counts.merge(split, (long) block.rowCount(), Long::sum);
    long rows = counts.values().stream().mapToLong(Long::longValue).sum();
    listener.onRows(
        new ExperimentListener.Reading(
            ExperimentListener.Pass.LEARNING, rows, OptionalLong.empty()));
  }

  private Map<String, LabelColumn> labels(RawBatch block) {
    Map<String, LabelColumn> own = labels.encode(block);
    return OutputLabels.of(outputs, sampling.map(s -> s.weigh(own)).orElse(own));
  }

  private void mark(EncodedFeatures encoded) {
    List<String> tables = tables();
    for (int column = 0; column < tables.size(); column++) {
      boolean[] seen = tokens.get(tables.get(column));
      for (int id : encoded.ids().get(column)) {
        if (id >= 0) { // Less is padding.
          seen[id] = true;
        }
      }
    }
  }

  /** The table of each column of ids. */
  private List<String> tables() {
    List<String> tables =
        new ArrayList<>(
            pipeline.idColumns().stream().map(column -> column.table().name()).toList());
    pipeline
        .lists()
        .forEach(
            list ->
                IntStream.range(0, list.length())
                    .forEach(i -> tables.add(list.values().tables().get(0).name())));
    return tables;
  }

  /** Number of rows of a split. */
  public long count(Split split) {
    return counts.getOrDefault(split, 0L);
  }

  /** The day that the rows are of, by their own times; empty where the experiment names none. */
  public OptionalLong day() {
    return days.map(RowDays::middle).orElse(OptionalLong.empty());
  }

  /** What the rows look like; empty if nobody knows what was expected of them. */
  public Optional<RowProfile> profile() {
    return profiler.map(RowProfiler::profile);
  }

  /** Per table of the model, and id of it, whether a row has it. */
  public Map<String, boolean[]> ids() {
    return Collections.unmodifiableMap(tokens);
  }

  /**
   * What the training rows would teach of features by themselves.
   *
   * @throws org.mtl4j.core.error.MtlException NO_ROWS if there are none
   */
  public List<FittedFeature> features() {
    return features.fit();
  }

  /** Some of them, for an export's certificate. */
  RawBatch replay() {
    return replay.rows();
  }
}
