package org.mtl4j.experiment.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.task.Columns;

/**
 * Numbers the values of the column that groups rows for ranking metrics, the same number for the
 * same value in every block. A row without a value is a group of its own.
 */
public final class Groups {
  private final Optional<Integer> column;
  private final Map<String, Integer> ids = new HashMap<>();
  private int next;

  private Groups(Optional<Integer> column) {
    this.column = column;
  }

  /**
   * Groups by a column of the given columns, or by none.
   *
   * @throws MtlException COLUMN_MISSING if there is no such column
   */
  public static Groups of(Optional<String> name, Columns columns) {
    try {
      return new Groups(name.map(columns::indexOf));
    } catch (MtlException e) {
      throw e.at("evaluation.group_by");
    }
  }

  /** The group of each row [n]; empty when there is no column to group by. */
  public Optional<int[]> of(RawBatch rows) {
    return column.map(c -> numbers(rows, c));
  }

  private int[] numbers(RawBatch rows, int groupColumn) {
    int[] numbers = new int[rows.rowCount()];
    for (int r = 0; r < numbers.length; r++) {
      String value = rows.text(groupColumn, r);
      numbers[r] = value == null ? next++ : ids.computeIfAbsent(value, v -> next++);
    }
    return numbers;
  }
}
