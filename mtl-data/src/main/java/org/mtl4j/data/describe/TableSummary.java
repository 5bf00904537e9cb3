package org.mtl4j.data.describe;

import java.util.List;
import java.util.Optional;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;

/**
 * What is in a table.
 *
 * @param rows number of rows
 * @param columns a summary a column, in their order
 */
public record TableSummary(long rows, List<ColumnSummary> columns) {
  private static final int BLOCK = 4096;

  /** Copies the list. */
  public TableSummary {
    columns = List.copyOf(columns);
  }

  /**
   * Reads a source once.
   *
   * @throws org.mtl4j.core.error.MtlException if a row cannot be read
   */
  public static TableSummary of(BatchSource source) {
    TableTally tally = new TableTally(source.columns());
    try (RawCursor cursor = source.open()) {
      for (Optional<RawBatch> block = cursor.next(BLOCK);
          block.isPresent();
          block = cursor.next(BLOCK)) {
        tally.observe(block.get());
      }
    }
    return tally.summary();
  }
}
