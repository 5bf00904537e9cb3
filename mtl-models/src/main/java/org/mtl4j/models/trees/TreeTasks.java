package org.mtl4j.models.trees;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mtl4j.core.task.BinaryLoss;
import org.mtl4j.core.task.RegressionLoss;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;

/** Which tasks trees can be fitted to, and what they make of them otherwise than they say. */
final class TreeTasks {
  private TreeTasks() {}

  /**
   * Refuses what trees would predict something else of.
   *
   * @throws IllegalArgumentException naming the task, what was expected and what was found
   */
  static void check(List<Task> tasks) {
    for (Task task : tasks) {
      if (!(task.type() instanceof TaskType.Binary
          || task.type().isClass()
          || task.type() instanceof TaskType.Regression)) {
        throw new IllegalArgumentException(
            "%s: expected a binary, multiclass, ordinal or regression task, as trees have it; found %s"
                .formatted(task.name(), name(task.type())));
      }
      if (task.ranks()) {
        throw new IllegalArgumentException(
            "%s.loss: expected one of each row by itself, as trees have it; found %s, which compares rows"
                .formatted(task.name(), name(((TaskType.Binary) task.type()).loss())));
      }
      if (task.type() instanceof TaskType.Regression number
          && (number.loss() instanceof RegressionLoss.Mae
              || number.loss() instanceof RegressionLoss.Quantile)) {
        throw new IllegalArgumentException(
            "%s.loss: expected one that predicts the mean, as trees do; found %s"
                .formatted(task.name(), name(number.loss())));
      }
    }
  }

  /** Losses and labels that are taken as others. */
  static List<String> remarks(List<Task> tasks, String name, String ofClasses) {
    List<String> remarks = new ArrayList<>();
    for (Task task : tasks) {
      if (task.type() instanceof TaskType.Binary yes
          && !(yes.loss() instanceof BinaryLoss.LogLoss)) {
        remarks.add(
            "tasks.%s.loss is %s of a network; %s minimise %s, and predict probabilities"
                .formatted(task.name(), name(yes.loss()), name, ofClasses));
      }
      if (task.type() instanceof TaskType.Regression number
          && !(number.loss() instanceof RegressionLoss.Mse)) {
        remarks.add(
            "tasks.%s.loss is %s of a network; %s minimise the squared error, and predict the mean"
                .formatted(task.name(), name(number.loss()), name));
      }
      if (task.loss().smoothing() > 0) {
        remarks.add(
            "tasks.%s.label_smoothing is a network's; %s take labels as they are"
                .formatted(task.name(), name));
      }
    }
    return remarks;
  }

  private static String name(Object value) {
    return value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
