package org.mtl4j.experiment.slice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mtl4j.core.batch.DrawnRows;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.memory.HeapShare;
import org.mtl4j.data.split.Split;
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

  private final List<SliceColumn> columns;
  private final boolean ownValues;
  private final RecordSum records = new RecordSum();

  private SliceReader(List<SliceColumn> columns, boolean ownValues) {
    this.columns = columns;
    this.ownValues = ownValues;
  }

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

  /** The same where a row that was drawn has its own value: who is ranked, and not for whom. */
  public SliceReader ofOwnValues() {
    return new SliceReader(columns, true);
  }

  /** As {@link #of(String, List, Columns)}, with a share of the heap for the values. */
  static SliceReader of(
      String key, List<? extends SliceRule> rules, Columns columns, HeapShare heap) {
    List<SliceColumn> bound = new ArrayList<>();
    try {
      for (SliceRule rule : rules) {
        int column = columns.indexOf(rule.column());
        bound.add(column(rule, column, new ValueNumbers(key, rule.column(), column, heap)));
      }
    } catch (MtlException e) {
      throw e.at(key);
    }
    return new SliceReader(bound, false);
  }

  private static SliceColumn column(SliceRule rule, int column, ValueNumbers values) {
    if (rule instanceof SliceRule.Time time) {
      return new TimeSlices(time, column);
    }
    if (rule instanceof SliceRule.Value value) {
      return new ValueSlices(value, values);
    }
    return rule instanceof SliceRule.Frequency frequency
        ? TrainingSlices.frequency(rule.words(), frequency.from(), values)
        : TrainingSlices.known(rule.words(), values);
  }

  /**
   * Reads the rows of an experiment: those of a split, and those of training if a rule asks for
   * them.
   *
   * @param measured which were measured
   * @throws MtlException MEMORY if there are more different values than the heap's share holds
   */
  public void read(SplitDataset dataset, Split measured) {
    if (columns.stream().anyMatch(SliceColumn::asksTraining)) {
      dataset.forEach(Split.TRAIN, BLOCK, this::observe);
    }
    dataset.forEach(measured, BLOCK, this::add);
  }

  private void observe(RawBatch rows) {
    Optional<boolean[]> drawn = rows.drawn().map(DrawnRows::rows);
    for (int row = 0; row < rows.rowCount(); row++) {
      if (drawn.isEmpty() || !drawn.get()[row]) {
        for (SliceColumn column : columns) {
          if (column.asksTraining()) {
            column.observe(rows, row);
          }
        }
      }
    }
  }

  /** Takes a block of measured rows. */
  public void add(RawBatch rows) {
    Optional<boolean[]> drawn = rows.drawn().map(DrawnRows::rows);
    int own = 0;
    for (int row = 0; row < rows.rowCount(); row++) {
      own = !ownValues && drawn.isPresent() && drawn.get()[row] ? own : row;
      for (SliceColumn column : columns) {
        column.add(rows, own);
      }
      records.add(rows.record(row));
    }
  }

  /** How the rows taken are parted, rule by rule. */
  public List<Slicing> slicings() {
    return columns.stream().map(SliceColumn::slicing).toList();
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
