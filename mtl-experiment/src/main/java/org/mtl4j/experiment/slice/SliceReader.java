package org.mtl4j.experiment.slice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.mtl4j.core.batch.DrawnRows;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.memory.HeapShare;
import org.mtl4j.data.split.Split;
import org.mtl4j.data.union.ScopedIds;
import org.mtl4j.data.union.ValueNumbers;
import org.mtl4j.eval.slice.Slicing;
import org.mtl4j.experiment.config.SliceRule;

/**
 * Says which slice each row is in, from rows block by block. Of a measured row 4 bytes a rule are
 * held (8 of times), and the different values that rules look at in a quarter of the heap. A row
 * that was drawn as a negative goes with the row that it was drawn for: apart from it, it would be
 * the rival of nobody.
 */
public final class SliceReader {
  private static final double HEAP_SHARE = 0.25;
  private static final int BLOCK = 4096;

  private final Columns columns;
  private final HeapShare heap;
  private final List<Part> parts;
  private final RecordSum records = new RecordSum();

  private SliceReader(Columns columns, HeapShare heap, List<Part> parts) {
    this.columns = columns;
    this.heap = heap;
    this.parts = List.copyOf(parts);
  }

  /** One way to part the rows; {@code ownValues}: a row that was drawn goes with no other one. */
  private record Part(SliceColumn column, boolean ownValues) {}

  /**
   * A reader that has seen no row.
   *
   * @param key what asks for the rules, for messages: {@code evaluation.slices}
   * @param columns of the rows
   * @throws MtlException COLUMN_MISSING if a rule's column is not there
   */
  public static SliceReader of(String key, List<? extends SliceRule> rules, Columns columns) {
    return of(key, rules, columns, HeapShare.of(HEAP_SHARE));
  }

  /** As {@link #of(String, List, Columns)}, with a share of the heap for the values. */
  static SliceReader of(
      String key, List<? extends SliceRule> rules, Columns columns, HeapShare heap) {
    return new SliceReader(columns, heap, List.of()).and(key, rules, false);
  }

  /**
   * The same and more rules, behind the others.
   *
   * @param key what asks for them
   * @throws MtlException COLUMN_MISSING if a rule's column is not there
   */
  public SliceReader and(String key, List<? extends SliceRule> rules) {
    return and(key, rules, false);
  }

  /**
   * The same and one rule more, behind the others, where a row that was drawn has its own value:
   * who is ranked, and not for whom.
   *
   * @param key what asks for the rule
   * @throws MtlException COLUMN_MISSING if its column is not there
   */
  public SliceReader andOwnValues(String key, SliceRule rule) {
    return and(key, List.of(rule), true);
  }

  private SliceReader and(String key, List<? extends SliceRule> rules, boolean ownValues) {
    List<Part> all = new ArrayList<>(parts);
    try {
      rules.forEach(rule -> all.add(new Part(column(key, rule), ownValues)));
    } catch (MtlException e) {
      throw e.at(key);
    }
    return new SliceReader(columns, heap, all);
  }

  private SliceColumn column(String key, SliceRule rule) {
    int column = columns.indexOf(rule.column());
    if (rule instanceof SliceRule.Time time) {
      return new TimeSlices(time, column);
    }
    var asked =
        new ValueNumbers.Key(
            key, "values of \"" + rule.column() + "\"", "Leave " + rule.column() + " out of it.");
    ValueNumbers values = new ValueNumbers(asked, new ScopedIds(column, OptionalInt.empty()), heap);
    if (rule instanceof SliceRule.Value value) {
      return new ValueSlices(value, values);
    }
    return rule instanceof SliceRule.Frequency frequency
        ? TrainingSlices.frequency(rule.words(), frequency.from(), values)
        : TrainingSlices.known(rule.words(), values);
  }

  /**
   * Reads the rows of an experiment in one pass: those of a split, and those of training if a rule
   * asks for them.
   *
   * @param measured which were measured
   * @throws MtlException MEMORY if there are more different values than the heap's share holds
   */
  public void read(SplitDataset dataset, Split measured) {
    if (parts.stream().noneMatch(part -> part.column().asksTraining())) {
      dataset.forEach(measured, BLOCK, this::add);
      return;
    }
    dataset.forEach(
        BLOCK,
        (split, rows) -> {
          if (split == measured) {
            add(rows);
          } else if (split == Split.TRAIN) {
            observe(rows);
          }
        });
  }

  private void observe(RawBatch rows) {
    Optional<boolean[]> drawn = rows.drawn().map(DrawnRows::rows);
    for (int row = 0; row < rows.rowCount(); row++) {
      if (drawn.isEmpty() || !drawn.get()[row]) {
        for (Part part : parts) {
          if (part.column().asksTraining()) {
            part.column().observe(rows, row);
          }
        }
      }
    }
  }

  /** Takes a block of measured rows. */
  public void add(RawBatch rows) {
    Optional<boolean[]> drawn = rows.drawn().map(DrawnRows::rows);
    int asker = 0;
    for (int row = 0; row < rows.rowCount(); row++) {
      asker = drawn.isPresent() && drawn.get()[row] ? asker : row;
      for (Part part : parts) {
        part.column().add(rows, part.ownValues() ? row : asker);
      }
      records.add(rows.record(row));
    }
  }

  /** How the rows taken are parted, rule by rule. */
  public List<Slicing> slicings() {
    return parts.stream().map(part -> part.column().slicing()).toList();
  }

  /**
   * The same of rows that were measured in another pass.
   *
   * @param measured the records of the rows that were measured
   * @throws MtlException DATA_FORMAT if they are others than those that were read
   */
  public List<Slicing> slicings(RecordSum measured) {
    if (!measured.equals(records)) {
      throw new MtlException(
          new Problem(
              ErrorCode.DATA_FORMAT,
              "data.source",
              "Expected the rows that were measured, %s, found %s: the data changed while they were used."
                  .formatted(measured, records),
              "Run again once nothing writes to them."));
    }
    return slicings();
  }
}
