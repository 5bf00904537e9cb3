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
    boolean agree = kindOf(task.type()).isInstance(encoding);
    if (!agree) {
      throw new IllegalArgumentException(
          "task " + task.name() + ": " + encoding + " does not encode " + task.type());
    }
  }

  /** The task's name. */
  public String name() {
    return task.name();
  }

  private static Class<? extends LabelEncoding> kindOf(TaskType type) {
    if (type instanceof TaskType.Binary) {
      return LabelEncoding.Indicator.class;
    }
    if (type.isUnsupervised()) {
      return LabelEncoding.Columns.class;
    }
    if (type.isClass()) {
      return LabelEncoding.Classes.class;
    }
    return type instanceof TaskType.Multilabel
        ? LabelEncoding.ClassSet.class
        : LabelEncoding.Scale.class;
  }

  /** Width of the logit: the number of classes where there are some, otherwise mostly 1. */
  public int width() {
    return task.type() instanceof TaskType.Regression number
        ? number.loss().logits()
        : encoding.width();
  }
}
