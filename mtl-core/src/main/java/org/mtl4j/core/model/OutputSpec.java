package org.mtl4j.core.model;

import org.mtl4j.core.batch.LabelShape;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.TaskType;
import org.tensorflow.ndarray.Shape;

/**
 * One output of a model: a task's prediction, or one more that the model derives.
 *
 * @param name key of the output and of its metrics
 * @param type kind of prediction
 * @param encoding how labels were encoded
 * @param label where its label comes from
 * @param meaning what the number means, for people
 */
public record OutputSpec(
    String name, TaskType type, LabelEncoding encoding, LabelRule label, String meaning) {
  /** The output of a task. */
  public static OutputSpec of(FittedTask task) {
    return new OutputSpec(
        task.name(),
        task.task().type(),
        task.encoding(),
        new LabelRule.OfTask(task.name()),
        task.task().meaning());
  }

  /** Predictions a row: the number of classes where there are some, otherwise 1. */
  public int width() {
    return encoding.width();
  }

  /** The shape of the labels of so many rows: [B], or [B, classes] where they are sets. */
  public Shape labelTensor(long rows) {
    int classes = labelShape().classes();
    return classes == 0 ? Shape.of(rows) : Shape.of(rows, classes);
  }

  /** What its labels are in rows and batches. */
  public LabelShape labelShape() {
    return encoding instanceof LabelEncoding.ClassSet set
        ? new LabelShape(name, set.names().size())
        : LabelShape.number(name);
  }
}
