package org.mtl4j.data.fit;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.task.BoundExpression;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.Decimals;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.Task;

/** The classes of a multiclass task. */
final class ClassesFit extends LabelFit {
  private final Set<String> classes = new HashSet<>();
  private BoundExpression label;
  private Optional<BoundExpression> where;
  private Optional<BoundExpression> weight;
  private long rowCount;

  ClassesFit(Task task) {
    super(task);
  }

  @Override
  FittedTask provisional() {
    return new FittedTask(task(), new LabelEncoding.Classes(List.of()));
  }

  @Override
  void bind(Columns columns) {
    label = task().label().bind(columns);
    where = task().space().where().map(e -> e.bindNumber(columns));
    weight = task().exampleWeight().map(e -> e.bindNumber(columns));
  }

  @Override
  void observe(RawBatch rows, LabelColumn labels) {
    for (int row = 0; row < rows.rowCount(); row++) {
      String found = hasSay(rows, row) ? label.text(rows, row) : null;
      if (found != null) {
        classes.add(found);
        rowCount++;
      }
    }
  }

  private boolean hasSay(RawBatch rows, int row) {
    return (where.isEmpty() || where.get().isTrue(rows, row))
        && (weight.isEmpty() || weight.get().isTrue(rows, row));
  }

  @Override
  long rowCount() {
    return rowCount;
  }

  @Override
  Optional<String> onlyLabel() {
    return classes.size() == 1 ? classes.stream().findFirst() : Optional.empty();
  }

  @Override
  LabelEncoding encoding() {
    boolean numbers = classes.stream().allMatch(Decimals::isNumber);
    Comparator<String> byText = Comparator.naturalOrder();
    Comparator<String> byNumber = Comparator.comparingDouble(Decimals::valueOf);
    return new LabelEncoding.Classes(
        classes.stream().sorted(numbers ? byNumber.thenComparing(byText) : byText).toList());
  }
}
