package org.mtl4j.experiment.run;

import java.util.Arrays;
import java.util.Optional;
import org.mtl4j.core.batch.DrawnRows;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.metric.Numbers;
import org.mtl4j.core.metric.RowItems;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.union.IdScope;
import org.mtl4j.experiment.config.EvaluationConfig;

/**
 * Items and in how many training rows each stands, 4 bytes an item. Items that were drawn as
 * negatives are in no training row.
 */
public final class CountedItems {
  private static final int FIRST_CAPACITY = 1024;

  private final Items items;
  private int[] counts;

  /** None counted yet. */
  CountedItems(Items items) {
    this(items, new int[FIRST_CAPACITY]);
  }

  private CountedItems(Items items, int... counts) {
    this.items = items;
    this.counts = counts;
  }

  /**
   * The items of a run's training rows, counted, by the columns of another table: what is counted
   * is read again.
   *
   * @param columns of the other table
   * @param scope whose ids are equal there
   * @throws org.mtl4j.core.error.MtlException if the training rows cannot be read
   */
  public static CountedItems of(TrainedData trained, Columns columns, IdScope scope) {
    EvaluationConfig evaluation = trained.plan().config().evaluation();
    IdScope own = IdScope.of(trained.plan().config().data().source());
    Items items = Items.of(evaluation, trained.dataset().columns(), own);
    CountedItems counted = new CountedItems(items);
    trained.forEachTrainingRows(counted::count);
    return new CountedItems(items.over(evaluation, columns, scope), counted.counts);
  }

  /** Whether there is a column of items. */
  boolean areNamed() {
    return items.areNamed();
  }

  /** Counts training rows, if there is a column of items. */
  void count(RawBatch rows) {
    if (!areNamed()) {
      return;
    }
    Optional<boolean[]> drawn = rows.drawn().map(DrawnRows::rows);
    int[] numbers = items.numbers(rows);
    for (int row = 0; row < numbers.length; row++) {
      if (numbers[row] >= counts.length) {
        counts = Arrays.copyOf(counts, numbers[row] + numbers[row] / 2);
      }
      counts[numbers[row]] += drawn.isPresent() && drawn.get()[row] ? 0 : 1;
    }
  }

  /** The items of rows with their counts; empty without a column of items. */
  public Optional<RowItems> of(RawBatch rows) {
    return items
        .of(rows)
        .map(
            found -> {
              float[] popularity = new float[found.size()];
              for (int row = 0; row < popularity.length; row++) {
                int item = found.ofRow().get(row);
                popularity[row] = item < counts.length ? counts[item] : 0;
              }
              return new RowItems(
                  found.ofRow(),
                  Optional.of(Numbers.of(popularity, popularity.length)),
                  found.content());
            });
  }
}
