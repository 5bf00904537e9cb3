package org.mtl4j.data.source;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVRecord;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.task.Columns;

/** Rows of one file on their way into a {@link RawBatch}: one array a column, none a row. */
final class CsvBlock {
  private static final int FIRST_CAPACITY = 1024;

  private final Columns columns;
  private final CsvCells rules;
  private final int maxRows;
  private final String[][] cells;
  private long[] lines;
  private int rowCount;

  /** An empty block. */
  CsvBlock(Columns columns, CsvConfig config, int maxRows) {
    this.columns = columns;
    this.rules = new CsvCells(config);
    this.maxRows = maxRows;
    int capacity = Math.min(maxRows, FIRST_CAPACITY);
    this.cells = new String[columns.size()][capacity];
    this.lines = new long[capacity];
  }

  int rowCount() {
    return rowCount;
  }

  /** Adds a record of as many fields as there are columns. */
  void add(CSVRecord record, long line) {
    if (rowCount == lines.length) {
      grow();
    }
    String[] fields = record.values();
    for (int c = 0; c < cells.length; c++) {
      cells[c][rowCount] = rules.clean(fields[c]);
    }
    lines[rowCount++] = line;
  }

  /** The rows as a batch; the block must not be used afterwards. */
  RawBatch toBatch(String file, long firstRecord) {
    long[] places = lines;
    return new RawBatch(
        columns,
        rowCount,
        firstRecord,
        List.of((Object[]) cells),
        row -> CsvFile.place(file, places[row]));
  }

  private void grow() {
    int capacity = (int) Math.min(maxRows, 2L * lines.length);
    lines = Arrays.copyOf(lines, capacity);
    for (int c = 0; c < cells.length; c++) {
      cells[c] = Arrays.copyOf(cells[c], capacity);
    }
  }
}
