package org.mtl4j.experiment.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.LabelEncoder;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.feature.EncodedFeatures;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.model.OutputLabels;
import org.mtl4j.core.model.OutputSpec;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.data.cache.RowStore;
import org.mtl4j.data.dataset.DownSampling;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.fit.FeatureFitter;
import org.mtl4j.data.fit.LabelFitter;
import org.mtl4j.data.split.Split;
import org.mtl4j.data.union.IdScope;
import org.mtl4j.experiment.lint.LintReport;
import org.mtl4j.experiment.lint.Linter;

/**
 * What the training split taught, before any row is encoded by it.
 *
 * @param pipeline the fitted features
 * @param tasks the fitted tasks
 * @param replay some raw rows for the export's certificate
 * @param notes what was noted of the rows meanwhile
 */
public record LearntData(
    FeaturePipeline pipeline, List<FittedTask> tasks, RawBatch replay, Notes notes) {
  private static final int BLOCK = 4096;

  /** Copies the list. */
  public LearntData {
    tasks = List.copyOf(tasks);
  }

  /**
   * What was noted of rows while they were learnt from.
   *
   * @param warnings what looked odd, a sentence each
   * @param lint what the linter found, if it looked
   * @param users whose rows they are, to find what is kept of one of them
   */
  record Notes(List<String> warnings, LintReport lint, UserIds.Seen users) {
    Notes {
      warnings = List.copyOf(warnings);
    }
  }

  /** What later rows are trained on by: nothing but the rows for the certificate is new of it. */
  static LearntData later(RunTransforms transforms, RawBatch replay) {
    Notes none = new Notes(List.of(), LintReport.NONE, new UserIds.Seen(List.of(), ""));
    return new LearntData(transforms.pipeline(), transforms.tasks(), replay, none);
  }

  /** What looked odd, a sentence each. */
  public List<String> warnings() {
    return notes.warnings();
  }

  /** What the linter found, if it looked. */
  public LintReport lint() {
    return notes.lint();
  }

  /**
   * Reads the data once and learns from its training split, in memory that grows with the
   * vocabularies and not with the rows.
   *
   * @param read takes the number of rows of each block, of whatever split
   * @throws MtlException for whatever is wrong with the data
   */
  public static LearntData of(ExperimentPlan plan, SplitDataset dataset, IntConsumer read) {
    return of(plan, dataset, false, read);
  }

  /**
   * As {@link #of(ExperimentPlan, SplitDataset, IntConsumer)}, the linter looking at every row of
   * the same pass if it is asked to; its memory is bounded.
   *
   * @throws MtlException for whatever is wrong with the data, but for the linter's findings
   */
  public static LearntData of(
      ExperimentPlan plan, SplitDataset dataset, boolean lint, IntConsumer read) {
    Columns columns = dataset.columns();
    ColdRows.check(plan.config().evaluation().cold(), columns); // Before all is read.
    items(plan, columns);
    queries(plan, columns);
    FeatureFitter features =
        new FeatureFitter(plan.features(), dataset.rows(Split.TRAIN), NegativeRoles.combined(plan));
    LabelFitter labels =
        new LabelFitter(plan.tasks(), columns, plan.config().data().downSampling());
    // Made here: what it binds has been found to fit.
    Optional<Linter> linter =
        lint ? Optional.of(LintSubjects.linter(plan, columns)) : Optional.empty();
    UserIds users = new UserIds(plan, columns);
    YoungLabels young = new YoungLabels(plan.tasks(), columns);
    SampledRows sampled = new SampledRows(plan, columns);
    ReplayRows replay = new ReplayRows(plan.config().data().source(), columns);
    dataset.forEach(
        BLOCK,
        (split, block) -> {
          if (split == Split.TRAIN) {
            features.observe(block);
            labels.observe(block);
            sampled.observe(block);
            replay.observe(block);
          }
          young.observe(split == Split.TRAIN ? "training" : ExperimentRunner.name(split), block);
          linter.ifPresent(looking -> looking.observe(split, block));
          users.observe(block);
          read.accept(block.rowCount());
        });
    sampled.check();
    FeaturePipeline pipeline = new FeaturePipeline(features.fit(), plan.served());
    // Asked for after one pass only: every pass comes upon the same bad rows.
    List<String> warnings = new ArrayList<>(dataset.warnings());
    warnings.addAll(features.warnings());
    warnings.addAll(labels.warnings());
    warnings.addAll(young.warnings());
    return new LearntData(
        pipeline,
        labels.fit(),
        replay.rows(),
        new Notes(warnings, linter.map(Linter::report).orElse(LintReport.NONE), users.seen()));
  }

  /**
   * Reads the data once more and encodes every split into a file. No metric ranks training rows:
   * their groups are the queries of tasks that rank, or else the domains of a union, by which they
   * are sampled. To know cold rows, or how popular items are, training rows are read before that.
   *
   * @param store takes the files, named as the splits in small letters
   * @param read takes the number of rows of each block
   * @return per split what the store makes of its file; a split without rows is not there
   * @throws MtlException for a value that cannot be encoded, or of code IO if the disk is full
   */
  public <R> Map<Split, R> encode(
      ExperimentPlan plan, SplitDataset dataset, RowStore<R> store, IntConsumer read) {
    Encoding encoding =
        new Encoding(
            pipeline,
            new LabelEncoder(tasks, dataset.columns()),
            plan.config().data().downSampling(),
            plan.learner().model().outputs(tasks),
            new Marks(
                Groups.of(plan, dataset.columns()),
                ColdRows.of(plan.config().evaluation().cold(), dataset.columns()),
                new CountedItems(items(plan, dataset.columns())),
                queries(plan, dataset.columns())
                    .<TrainingGroups>map(groups -> groups::of)
                    .orElse(
                        DomainNumbers.of(plan.config().data().source(), dataset.columns())::of)));
    encoding.marks().learn(dataset);
    try (RowWriter<R> writer = new RowWriter<>(store)) {
      dataset.forEach(
          BLOCK,
          (split, block) -> {
            writer.add(split, encoding.of(split, block));
            read.accept(block.rowCount());
          });
      return writer.finish();
    }
  }

  private static Optional<Groups> queries(ExperimentPlan plan, Columns columns) {
    IdScope scope = IdScope.of(plan.config().data().source());
    return plan.queryGroup()
        .map(column -> Groups.of(Optional.of(column), columns, scope, "data.query_group"));
  }

  /** The groups of training rows, if they have any. */
  @FunctionalInterface
  private interface TrainingGroups {
    Optional<int[]> of(RawBatch block);
  }

  private static Items items(ExperimentPlan plan, Columns columns) {
    return Items.of(plan.config().evaluation(), columns, IdScope.of(plan.config().data().source()));
  }

  /** What training or an evaluation looks at besides labels. */
  private record Marks(Groups groups, ColdRows cold, CountedItems items, TrainingGroups training) {
    /** Of all rows, as those may be in a file by now, and a split's own are parsed again. */
    void learn(SplitDataset dataset) {
      if (cold.areNamed() || items.areNamed()) {
        dataset.forEach(BLOCK, (split, block) -> learn(split, block));
      }
    }

    private void learn(Split split, RawBatch block) {
      if (split == Split.TRAIN) {
        cold.observe(block);
        items.count(block);
      }
    }

    Map<String, LabelColumn> mark(RawBatch block, Map<String, LabelColumn> labels) {
      return RecordMarks.mark(block, ItemMarks.mark(items, block, cold.mark(block, labels)));
    }

    Optional<int[]> numbers(Split split, RawBatch block) {
      return split == Split.TRAIN ? training.of(block) : groups.of(block);
    }
  }

  /** What turns raw blocks into encoded ones. */
  private record Encoding(
      FeaturePipeline pipeline,
      LabelEncoder encoder,
      Optional<DownSampling> sampling,
      List<OutputSpec> outputs,
      Marks marks) {
    EncodedRows of(Split split, RawBatch block) {
      // What is known in training only is to be measured as it is served.
      EncodedFeatures features =
          split == Split.TRAIN ? pipeline.encode(block) : pipeline.encodeServed(block);
      return new EncodedRows(
          block.rowCount(),
          features.ids(),
          features.dense(),
          labels(split, block),
          marks.numbers(split, block));
    }

    private Map<String, LabelColumn> labels(Split split, RawBatch block) {
      Map<String, LabelColumn> labels = encoder.encode(block);
      return split == Split.TRAIN
          ? OutputLabels.of(outputs, sampling.map(s -> s.weigh(labels)).orElse(labels))
          : marks.mark(block, OutputLabels.of(outputs, labels));
    }
  }
}
