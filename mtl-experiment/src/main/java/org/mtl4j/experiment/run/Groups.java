package org.mtl4j.experiment.run;

import java.util.Optional;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.memory.HeapShare;
import org.mtl4j.data.union.IdScope;
import org.mtl4j.data.union.ValueNumbers;

/**
 * Numbers the values of the column that groups rows for ranking metrics, the same number for the
 * same value in every block. A row without a value is a group of its own, and in a union a value is
 * its domain's unless it is shared. The different values are held, in a quarter of the heap at
 * most.
 */
public final class Groups {
  private static final String KEY = "evaluation.group_by";
  private static final double HEAP_SHARE = 0.25;

  private final Optional<ValueNumbers> column;

  private Groups(Optional<ValueNumbers> column) {
    this.column = column;
  }

  /**
   * Groups as an experiment says.
   *
   * @throws MtlException COLUMN_MISSING if there is no such column
   */
  public static Groups of(ExperimentPlan plan, Columns columns) {
    return of(
        plan.config().evaluation().groupBy(), columns, IdScope.of(plan.config().data().source()));
  }

  /**
   * Groups by a column of the given columns, or by none.
   *
   * @param scope whose ids are equal
   * @throws MtlException COLUMN_MISSING if there is no such column
   */
  public static Groups of(Optional<String> name, Columns columns, IdScope scope) {
    return of(name, columns, scope, KEY);
  }

  /**
   * The same, as another key or option names the column.
   *
   * @throws MtlException COLUMN_MISSING if there is no such column
   */
  public static Groups of(Optional<String> name, Columns columns, IdScope scope, String key) {
    return of(name, columns, scope, key, HeapShare.of(HEAP_SHARE));
  }

  /** As above, with a share of the heap for the values. */
  static Groups of(
      Optional<String> name, Columns columns, IdScope scope, String place, HeapShare heap) {
    try {
      String remedy = "Leave %s out, or group by a column of fewer values.";
      String last = place.substring(place.lastIndexOf('.') + 1);
      var key = new ValueNumbers.Key(place, "groups", remedy.formatted(last));
      return new Groups(
          name.map(column -> new ValueNumbers(key, scope.bind(column, columns), heap)));
    } catch (MtlException e) {
      throw e.at(place);
    }
  }

  /**
   * The group of each row [n]; empty when there is no column to group by.
   *
   * @throws MtlException of code MEMORY if there are more different values than the heap's share
   *     holds
   */
  public Optional<int[]> of(RawBatch rows) {
    return column.map(numbers -> numbers.ofEach(rows));
  }
}
