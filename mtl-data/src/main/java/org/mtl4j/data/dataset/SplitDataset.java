package org.mtl4j.data.dataset;

import com.google.common.base.Suppliers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.Task;
import org.mtl4j.data.memory.HeapShare;
import org.mtl4j.data.source.PlacedSource;
import org.mtl4j.data.split.Split;
import org.mtl4j.data.split.SplitRule;
import org.mtl4j.data.union.IdScope;

/** The rows of an experiment: sources after their rules, each row assigned to a split. */
public final class SplitDataset {
  private static final double NEGATIVES_SHARE = 0.5;
  private static final int BLOCK = 4096;

  private final List<SplitPart> parts;
  private final Optional<SpooledBlocks> spool;

  private SplitDataset(List<SplitPart> parts) {
    this(parts, Optional.empty());
  }

  private SplitDataset(List<SplitPart> parts, Optional<SpooledBlocks> spool) {
    this.parts = List.copyOf(parts);
    this.spool = spool;
  }

  /**
   * One source, split row by row.
   *
   * @param seed the experiment's; the split takes a child of it
   * @throws MtlException if rules do not fit the source's columns; reading throws one if the split
   *     does not
   */
  public static SplitDataset of(
      BatchSource source, RowRules rules, SplitRule.ByRow split, Seed seed) {
    return of(source, rules, split, seed, IdScope.WHOLE);
  }

  /**
   * As {@link #of(BatchSource, RowRules, SplitRule.ByRow, Seed)}, of a source that may have
   * domains.
   *
   * @param scope whose ids are equal
   */
  public static SplitDataset of(
      BatchSource source, RowRules rules, SplitRule.ByRow split, Seed seed, IdScope scope) {
    BatchSource kept = new RuledSource(source, rules);
    scope.check(kept.columns());
    return new SplitDataset(List.of(SplitPart.of(kept, split, seed, scope)));
  }

  /**
   * Files for each split. Duplicates are dropped within each split's files.
   *
   * @param open makes a source of files
   * @param seed the experiment's; a share for validation takes a child of it
   * @throws MtlException if rules do not fit, or the files' columns differ
   */
  public static SplitDataset ofFiles(
      SplitRule.Files files, Function<List<String>, BatchSource> open, RowRules rules, Seed seed) {
    BatchSource train = new RuledSource(files(files.train(), open, Split.TRAIN), rules);
    boolean share = files.validationShare().isPresent();
    SplitRule.ByRow rule = new SplitRule.Random(files.validationShare().orElse(0), 0);
    List<SplitPart> parts = new ArrayList<>();
    parts.add(SplitPart.of(train, rule, seed, IdScope.WHOLE));
    if (!share && !files.validation().isEmpty()) {
      parts.add(whole(files.validation(), open, rules, Split.VALIDATION));
    }
    if (!files.test().isEmpty()) {
      parts.add(whole(files.test(), open, rules, Split.TEST));
    }
    parts.forEach(part -> checkColumns(train.columns(), part.source().columns()));
    return new SplitDataset(parts);
  }

  /**
   * The same rows with their ages, as a column more: {@link org.mtl4j.core.task.LabelWindow#AGE}.
   * The data end where the last of them does, whatever its split; reading finds that, and throws
   * what is wrong with a time.
   *
   * @throws MtlException if the rule does not fit the columns
   */
  public SplitDataset withAges(RowTimes rule) {
    RowAges ages = RowAges.of(rule, parts.stream().map(SplitPart::source).toList());
    return new SplitDataset(
        parts.stream().map(part -> part.with(ages.over(part.source()))).toList());
  }

  /**
   * The same with a share of the training rows; validation and test stay whole.
   *
   * @param share above 0, at most 1: all
   * @param groups the column whose values stay together; empty: rows are drawn one by one
   * @param scope whose ids are equal
   * @param seed the experiment's; a child of it says which rows stay, those of a smaller share
   *     among those of a larger one
   * @throws MtlException if the column is not there
   */
  public SplitDataset sharing(double share, Optional<String> groups, IdScope scope, Seed seed) {
    if (share == 1) {
      return this;
    }
    TrainingShare rows =
        new TrainingShare(
            share,
            seed.child("training_share"),
            groups.map(column -> scope.bind(column, columns())));
    return new SplitDataset(parts.stream().map(part -> part.keeping(rows)).toList());
  }

  /**
   * The same without most of the training rows that are negatives of a task.
   *
   * @param task the one that the rule names, binary
   * @param seed the experiment's; a child of it says which rows stay
   * @throws MtlException if the task's label does not fit the columns
   */
  public SplitDataset downSampled(DownSampling rule, Task task, Seed seed) {
    KeptRows kept = new KeptRows(rule, task, seed.child("down_sampling"), columns());
    return new SplitDataset(parts.stream().map(part -> part.keeping(kept)).toList());
  }

  /**
   * The same with rows drawn as negatives behind each row, in every split. When the first row is
   * asked for, all are read once, to know their items and who has what: of code MEMORY if items and
   * pairs are more than half of the heap holds.
   *
   * @param seed the experiment's; a child of it says what is drawn
   * @throws MtlException if the plan does not fit the columns
   */
  public SplitDataset withNegatives(NegativePlan plan, Seed seed) {
    return withNegatives(plan, seed, HeapShare.of(NEGATIVES_SHARE));
  }

  /** As {@link #withNegatives(NegativePlan, Seed)}, with a share of the heap for what is known. */
  SplitDataset withNegatives(NegativePlan plan, Seed seed, HeapShare heap) {
    DomainItems items = new DomainItems(plan, columns(), heap);
    NegativeRows negatives =
        new NegativeRows(
            plan, Suppliers.memoize(() -> observed(items)), seed.child("negatives"), columns());
    return new SplitDataset(parts.stream().map(part -> part.with(negatives)).toList());
  }

  private DomainItems observed(DomainItems items) {
    for (SplitPart part : parts) {
      part.bind();
      try (RawCursor cursor = part.source().open()) {
        for (var rows = cursor.next(BLOCK); rows.isPresent(); rows = cursor.next(BLOCK)) {
          items.observe(part.splits(rows.get()), rows.get());
        }
      }
    }
    items.finish();
    return items;
  }

  private static BatchSource files(
      List<String> path, Function<List<String>, BatchSource> open, Split split) {
    String key = "data.split." + split.name().toLowerCase(Locale.ROOT);
    return PlacedSource.ofFiles(key, () -> open.apply(path));
  }

  private static SplitPart whole(
      List<String> path, Function<List<String>, BatchSource> open, RowRules rules, Split split) {
    return new SplitPart(
        new RuledSource(files(path, open, split), rules),
        () -> (rows, row) -> split,
        "all " + split);
  }

  private static void checkColumns(Columns expected, Columns found) {
    if (!expected.all().equals(found.all())) {
      throw new MtlException(
          new Problem(
              ErrorCode.DATA_FORMAT,
              "data.split",
              "Expected the columns of the training files, %s, found %s."
                  .formatted(expected.names(), found.names()),
              "Files of one experiment have the same columns in the same order."));
    }
  }

  /**
   * The same, whose {@linkplain #forEach(int, BiConsumer) passes over all rows} but for the first
   * read what that one left in a file.
   */
  public SplitDataset spooled(SpooledBlocks blocks) {
    return new SplitDataset(parts, Optional.of(blocks));
  }

  /** The columns of every split. */
  public Columns columns() {
    return parts.get(0).source().columns();
  }

  /** One split's rows as a source of their own. */
  public BatchSource rows(Split split) {
    return new SplitRows(parts, split);
  }

  /**
   * Reads one split's rows.
   *
   * @param blockSize rows a block at most
   */
  public void forEach(Split split, int blockSize, Consumer<RawBatch> block) {
    try (RawCursor cursor = rows(split).open()) {
      for (var rows = cursor.next(blockSize); rows.isPresent(); rows = cursor.next(blockSize)) {
        block.accept(rows.get());
      }
    }
  }

  /**
   * Reads all rows in one pass and hands on each block's rows of each split; never an empty block.
   * The rows are read on a thread of their own, and handed on by the one that calls.
   *
   * @param blockSize rows a block at most
   */
  public void forEach(int blockSize, BiConsumer<Split, RawBatch> block) {
    for (int p = 0; p < parts.size(); p++) {
      SplitPart part = parts.get(p);
      part.bind();
      int size = part.readable(blockSize);
      RawCursor blocks =
          spool.isPresent() ? spool.get().open(p, part.source(), size) : part.source().open();
      try (RawCursor cursor = new ReadAhead(blocks, size)) {
        for (var rows = cursor.next(size); rows.isPresent(); rows = cursor.next(size)) {
          Split[] splits = part.splits(rows.get());
          for (Split split : Split.values()) {
            RawBatch selected = part.select(rows.get(), splits, split);
            if (selected.rowCount() > 0) {
              block.accept(split, selected);
            }
          }
        }
      }
    }
  }

  /** What the last pass over all rows found odd, a sentence each. */
  public List<String> warnings() {
    return rows(Split.TRAIN).warnings();
  }
}
