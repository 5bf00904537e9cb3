package org.mtl4j.experiment.apply;

import java.util.List;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.task.Columns;
import org.mtl4j.eval.slice.SliceMeasure;
import org.mtl4j.eval.slice.SlicedFigures;
import org.mtl4j.eval.slice.SlicedRows;
import org.mtl4j.experiment.config.SliceRule;
import org.mtl4j.experiment.slice.SliceReader;

/** Rows of a file, parted by the most frequent values of some columns. */
final class RowSlices {
  private static final String OPTION = "--slice";

  private final SliceReader reader;

  private RowSlices(SliceReader reader) {
    this.reader = reader;
  }

  /**
   * No rows yet.
   *
   * @param names of the columns; none: nothing is parted
   * @throws MtlException COLUMN_MISSING if one is not there
   */
  static RowSlices of(List<String> names, Columns columns) {
    List<SliceRule.Value> rules = names.stream().map(SliceRule.Value::of).toList();
    return new RowSlices(SliceReader.of(OPTION, rules, columns));
  }

  /** Takes a block of rows. */
  void add(RawBatch rows) {
    reader.add(rows);
  }

  /** The figures of all rows taken. */
  List<SlicedFigures> figures(List<SlicedRows> rows, SliceMeasure measure) {
    return reader.slicings().stream().map(slicing -> measure.measure(slicing, rows)).toList();
  }
}
