package org.mtl4j.experiment.lint;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.task.BoundExpression;
import org.mtl4j.core.task.BoundSpace;
import org.mtl4j.core.task.Columns;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;

/**
 * How many rows of a multilabel task have each class, of the first {@value #CLASSES} different ones
 * that come.
 */
final class ClassCounts {
  private static final int CLASSES = 65_536;

  private final Task task;
  private final TaskType.Multilabel type;
  private final BoundSpace space;
  private final BoundExpression label;
  private final Map<String, Long> rowsOf = new HashMap<>();
  private long rows;

  /** Nothing counted yet of a multilabel task whose expressions fit the columns. */
  ClassCounts(Task task, Columns columns) {
    this.task = task;
    this.type = (TaskType.Multilabel) task.type();
    this.space = BoundSpace.of(task.space(), columns);
    this.label = task.label().bind(columns);
  }

  void observe(RawBatch block) {
    for (int row = 0; row < block.rowCount(); row++) {
      String text = space.contains(block, row) ? label.text(block, row) : null;
      if (text != null) {
        rows++;
        new HashSet<>(type.text().values(text)).forEach(this::count);
      }
    }
  }

  private void count(String name) {
    if (rowsOf.size() < CLASSES || rowsOf.containsKey(name)) {
      rowsOf.merge(name, 1L, Long::sum);
    }
  }

  String name() {
    return task.name();
  }

  /** Rows that have a say. */
  long rows() {
    return rows;
  }

  /** The classes that the task learns, the most frequent first, with the rows of each. */
  List<Map.Entry<String, Long>> learnt() {
    return rowsOf.entrySet().stream()
        .filter(entry -> entry.getValue() >= type.minCount())
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(type.maxClasses())
        .toList();
  }
}
