package org.mtl4j.core.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.FittedTask;

/**
 * Turns raw rows into labels, masks and example weights, one {@link LabelColumn} a task.
 *
 * <ul>
 *   <li>A row outside the task's {@code where} (false or missing there), or whose label is missing,
 *       has no say: mask false, label 0, weight 1. Neither its label nor its weight is looked at
 *       further.
 *   <li>A row that was {@linkplain DrawnRows drawn} is 0 in the tasks that it is a negative of, and
 *       has no say in the others.
 *   <li>Binary: 1 if the label is one of the {@code positive} values, as text or as a number, else
 *       0; without {@code positive} values the label itself must be the number 0 or 1.
 *   <li>Multiclass: the index of the label's text among the classes seen in training; a row of any
 *       other class has no say and is counted in {@link #unseenClasses}.
 *   <li>Multilabel: for each class seen in training 1 or 0, whether the label's text has it among
 *       its values. A text without values, a separator alone say, is the empty set: all 0. A value
 *       that is no such class is left out, and the row counted in {@link #unseenClasses}.
 *   <li>Regression: the label's number, in its own unit.
 *   <li>Weight: the task's {@code example_weight}, 1 if it has none.
 * </ul>
 *
 * <p>Safe from any number of threads.
 */
public final class LabelEncoder {
  private final Map<String, TaskLabels> tasks = new LinkedHashMap<>();

  /**
   * An encoder of tasks over a source's columns.
   *
   * @throws MtlException with every expression of every task that does not fit the columns, placed
   *     at its key, say {@code tasks.income.label}
   */
  public LabelEncoder(List<FittedTask> tasks, Columns columns) {
    List<Problem> problems = new ArrayList<>();
    for (FittedTask task : tasks) {
      try {
        this.tasks.put(task.name(), TaskLabels.bind(task, columns));
      } catch (MtlException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new MtlException(problems);
    }
  }

  /**
   * The labels of a block of rows, in the order of the tasks.
   *
   * @throws MtlException of code DATA_VALUE, naming place, task and value, if a row with a say has
   *     a label that its task does not allow, or an example weight that is missing, negative or
   *     infinite
   */
  public Map<String, LabelColumn> encode(RawBatch rows) {
    Map<String, LabelColumn> labels = new LinkedHashMap<>();
    tasks.forEach((name, task) -> labels.put(name, task.encode(rows)));
    return Collections.unmodifiableMap(labels);
  }

  /**
   * How many rows so far had a class that was not seen in training: those of a multiclass task lost
   * their say by it, those of a multilabel one that class. 0 for other tasks.
   *
   * @throws IllegalArgumentException if there is no such task
   */
  public long unseenClasses(String task) {
    TaskLabels labels = tasks.get(task);
    if (labels == null) {
      throw new IllegalArgumentException(
          "expected one of the tasks " + tasks.keySet() + ", found \"" + task + "\"");
    }
    return labels.unseenClasses();
  }
}
