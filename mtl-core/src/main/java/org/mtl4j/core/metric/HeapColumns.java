package org.mtl4j.core.metric;

import java.util.Arrays;
import java.util.Optional;

/** Rows of an output, gathered in columns that grow. */
final class HeapColumns {
  /** Array sizes that every virtual machine allows. */
  private static final long MOST_NUMBERS = Integer.MAX_VALUE - 8;

  private static final int FIRST_CAPACITY = 1024;

  private final RowShape shape;
  private final NumberList predictions = new NumberList();
  private final NumberList labels = new NumberList();
  private final NumberList weights = new NumberList();
  private Optional<int[]> groups = Optional.empty();
  private Optional<ItemList> items = Optional.empty();

  HeapColumns(RowShape shape) {
    this.shape = shape;
  }

  /** What rows have beside predictions, labels and weights. */
  void start(boolean grouped, Optional<RowItems> like) {
    groups = grouped ? Optional.of(new int[FIRST_CAPACITY]) : Optional.empty();
    items = like.map(ItemList::new);
  }

  int size() {
    return weights.size();
  }

  void add(RowBlock block, int row) {
    for (int i = 0; i < shape.width(); i++) {
      predictions.add(block.prediction(row, i));
    }
    for (int i = 0; i < shape.labelWidth(); i++) {
      labels.add(block.label(row, i));
    }
    if (groups.isPresent()) {
      addGroup(block.group(row));
    }
    items.ifPresent(list -> list.add(block.items().orElseThrow(), row));
    weights.add(block.weight(row));
  }

  private void addGroup(int group) {
    int size = size();
    if (size == groups.orElseThrow().length) {
      long capacity = Math.min(MOST_NUMBERS, size + (size >> 1) + 1L);
      groups = Optional.of(Arrays.copyOf(groups.get(), (int) capacity));
    }
    groups.get()[size] = group;
  }

  /** Adding more does not change them. */
  EvaluationRows toRows() {
    EvaluationRows rows =
        new EvaluationRows(
            RowChecks.checked(
                new UnitSums(
                    new EvaluationTable(
                        predictions.numbers(),
                        shape.width(),
                        labels.numbers(),
                        groups.map(numbers -> Ints.of(numbers, size())),
                        size()),
                    weights.numbers())));
    return items.map(list -> rows.withItems(list.toItems())).orElse(rows);
  }
}
