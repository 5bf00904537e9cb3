package org.mtl4j.core.model;

import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.TaskType;

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

  /** Predictions a row: the number of classes, otherwise 1. */
  public int width() {
    return encoding instanceof LabelEncoding.Classes classes ? classes.names().size() : 1;
  }
}
