package org.mtl4j.data.fit;

import java.util.Optional;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.task.BoundExpression;
import org.mtl4j.core.task.BoundSpace;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.Task;

/** A label whose classes are learnt from its texts, on the rows that have a say and a weight. */
abstract sealed class TextFit extends LabelFit permits ClassesFit, ClassSetFit {
  private BoundExpression label;
  private BoundSpace space;
  private Optional<BoundExpression> weight;
  private long rowCount;

  TextFit(Task task) {
    super(task);
  }

  /** Takes the label of one more row that counts. */
  abstract void add(String text);

  @Override
  final void bind(Columns columns) {
    label = task().label().bind(columns);
    space = BoundSpace.of(task().space(), columns);
    weight = task().exampleWeight().map(e -> e.bindNumber(columns));
  }

  @Override
  final void observe(RawBatch rows, LabelColumn labels) {
    for (int row = 0; row < rows.rowCount(); row++) {
      String text = hasSay(rows, row) ? label.text(rows, row) : null;
      if (text != null) {
        rowCount++;
        add(text);
      }
    }
  }

  private boolean hasSay(RawBatch rows, int row) {
    return space.contains(rows, row) && (weight.isEmpty() || weight.get().isTrue(rows, row));
  }

  @Override
  final long rowCount() {
    return rowCount;
  }
}
