package org.mtl4j.models.component;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.task.FittedTask;

/**
 * How many experts there are: shared ones, and of each task's own.
 *
 * @param each of a task that {@code byTask} does not name, 0 to 1024
 * @param byTask of some tasks, 0 to 1024
 * @param shared of all tasks, 1 to 1024
 */
public record ExpertCounts(int each, Map<String, Integer> byTask, int shared) {
  private static final int MOST = 1024;

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public ExpertCounts {
    check("task_experts", 0, each);
    check("shared_experts", 1, shared);
    byTask = Collections.unmodifiableMap(new LinkedHashMap<>(byTask));
    byTask.forEach((task, count) -> check("experts_by_task." + task, 0, count));
  }

  /** As many of each task. */
  public ExpertCounts(int each, int shared) {
    this(each, Map.of(), shared);
  }

  private static void check(String key, int least, int found) {
    if (found < least || found > MOST) {
      throw new IllegalArgumentException(
          "%s: expected %d to %d, found %d".formatted(key, least, MOST, found));
    }
  }

  /** How many a task has of its own. */
  public int of(String task) {
    return byTask.getOrDefault(task, each);
  }

  /** What is left of {@code byTask} for one task alone. */
  public Map<String, Integer> only(String task) {
    return byTask.containsKey(task) ? Map.of(task, byTask.get(task)) : Map.of();
  }

  /**
   * Checks that every task that is named is there.
   *
   * @throws IllegalArgumentException naming the one that is not
   */
  public void checkTasks(List<FittedTask> tasks) {
    Collection<String> names = tasks.stream().map(FittedTask::name).toList();
    for (String task : byTask.keySet()) {
      if (!names.contains(task)) {
        throw new IllegalArgumentException(
            "experts_by_task: expected tasks, found \"%s\". %s"
                .formatted(task, Nearest.hint(task, names)));
      }
    }
  }
}
