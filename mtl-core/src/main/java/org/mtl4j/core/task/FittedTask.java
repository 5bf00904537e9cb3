package org.mtl4j.core.task;

/**
 * A task and what was learnt of its label.
 *
 * @param task the task
 * @param encoding of the same kind as the task's type
 */
public record FittedTask(Task task, LabelEncoding encoding) {
  /**
   * Checks that type and encoding agree.
   *
   * @throws IllegalArgumentException if they do not
   */
  public FittedTask {
    boolean agree =
        task.type() instanceof TaskType.Binary
            ? encoding instanceof LabelEncoding.Indicator
            : task.type() instanceof TaskType.Multiclass
                ? encoding instanceof LabelEncoding.Classes
                : encoding instanceof LabelEncoding.Scale;
    if (!agree) {
      throw new IllegalArgumentException(
          "task " + task.name() + ": " + encoding + " does not encode " + task.type());
    }
  }

  /** The task's name. */
  public String name() {
    return task.name();
  }

  /** Width of the logit: the number of classes of a multiclass task, otherwise 1. */
  public int width() {
    return encoding instanceof LabelEncoding.Classes classes ? classes.names().size() : 1;
  }
}
