package org.mtl4j.data.describe;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.task.Columns;

/** Counts what is in a table, in one pass, in memory that does not grow with the rows. */
public final class TableTally {
  private final List<ColumnTally> columns = new ArrayList<>();
  private long rows;

  /** A tally of these columns that has seen nothing. */
  public TableTally(Columns columns) {
    columns.names().forEach(name -> this.columns.add(new ColumnTally(name)));
  }

  /** Takes a block of rows. */
  public void observe(RawBatch block) {
    rows += block.rowCount();
    for (int c = 0; c < columns.size(); c++) {
      columns.get(c).add(block, c);
    }
  }

  /** What was in the rows seen so far. */
  public TableSummary summary() {
    return new TableSummary(rows, columns.stream().map(ColumnTally::summary).toList());
  }
}
