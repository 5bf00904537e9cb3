package org.mtl4j.experiment.lint;

import java.util.List;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.task.BoundExpression;
import org.mtl4j.core.task.BoundSpace;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.Decimals;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;

/**
 * A binary task over some columns. Unlike the encoder of labels it can be asked outside of the
 * task's {@code where}, where a label may be anything.
 *
 * @param task the task
 * @param space its rows
 * @param label its label
 * @param positive values that mean yes; none: the number 1
 */
record BinaryTask(Task task, BoundSpace space, BoundExpression label, List<String> positive) {
  /** Neither yes nor no. */
  static final int NO_SAY = -1;

  /** Binds a task whose expressions fit the columns. */
  static BinaryTask bind(Task task, Columns columns) {
    return new BinaryTask(
        task,
        BoundSpace.of(task.space(), columns),
        task.label().bind(columns),
        ((TaskType.Binary) task.type()).positive());
  }

  String name() {
    return task.name();
  }

  /** 1, 0, or {@link #NO_SAY} where the label is missing or the row is none of the task's. */
  int at(RawBatch rows, int row) {
    return space.isInside(rows, row) ? label(rows, row) : NO_SAY;
  }

  /**
   * 1, 0, or {@link #NO_SAY} where the label is missing or not known yet, whatever {@code where}
   * says.
   */
  int label(RawBatch rows, int row) {
    if (rows.drawn().isPresent() && rows.drawn().get().rows()[row]) {
      return rows.drawn().get().tasks().contains(name()) ? 0 : NO_SAY;
    }
    String text = label.text(rows, row);
    if (text == null || !space.isKnown(rows, row)) {
      return NO_SAY;
    }
    double number = Decimals.valueOf(text);
    if (Double.isNaN(number) && Decimals.isNumber(text)) {
      return NO_SAY;
    }
    boolean yes =
        positive.isEmpty()
            ? number == 1
            : positive.stream().anyMatch(p -> p.equals(text) || Decimals.valueOf(p) == number);
    return yes ? 1 : 0;
  }
}
