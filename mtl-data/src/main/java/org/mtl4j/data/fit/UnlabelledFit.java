package org.mtl4j.data.fit;

import java.util.Optional;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.Task;

/**
 * A task that learns from features alone: there have to be rows, and nothing is learnt of labels.
 */
final class UnlabelledFit extends LabelFit {
  private long rowCount;

  UnlabelledFit(Task task) {
    super(task);
  }

  @Override
  FittedTask provisional() {
    return new FittedTask(task(), encoding());
  }

  @Override
  void bind(Columns columns) {}

  @Override
  void observe(RawBatch rows, LabelColumn labels) {
    for (int row = 0; row < labels.size(); row++) {
      if (labels.mask()[row] && labels.weights()[row] > 0) {
        rowCount++;
      }
    }
  }

  @Override
  long rowCount() {
    return rowCount;
  }

  @Override
  Optional<String> onlyLabel() {
    return Optional.empty();
  }

  @Override
  LabelEncoding encoding() {
    return LabelEncoding.Columns.of(task().type());
  }
}
