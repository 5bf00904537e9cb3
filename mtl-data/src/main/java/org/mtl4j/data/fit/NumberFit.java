package org.mtl4j.data.fit;

import java.util.Optional;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;

/** The label of a binary task, 0 or 1, or of a regression. */
final class NumberFit extends LabelFit {
  private final Moments moments = new Moments();
  private long rowCount;

  NumberFit(Task task) {
    super(task);
  }

  @Override
  FittedTask provisional() {
    return new FittedTask(task(), isBinary() ? encoding() : new LabelEncoding.Scale(0, 1));
  }

  @Override
  void bind(Columns columns) {}

  @Override
  void observe(RawBatch rows, LabelColumn labels) {
    for (int row = 0; row < labels.size(); row++) {
      if (labels.mask()[row] && labels.weights()[row] > 0) {
        moments.add(labels.labels()[row], labels.weights()[row]);
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
    return moments.isConstant() ? Optional.of(RawBatch.spell(moments.least())) : Optional.empty();
  }

  @Override
  LabelEncoding encoding() {
    return isBinary()
        ? new LabelEncoding.Indicator()
        : new LabelEncoding.Scale(moments.mean(), moments.deviation());
  }

  private boolean isBinary() {
    return task().type() instanceof TaskType.Binary;
  }
}
