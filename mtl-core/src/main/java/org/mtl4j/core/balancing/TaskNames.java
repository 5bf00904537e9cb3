package org.mtl4j.core.balancing;

import java.util.List;

/** Checks of tasks that settings name. */
final class TaskNames {
  private TaskNames() {}

  static void check(String key, String task, List<String> tasks) {
    if (!tasks.contains(task)) {
      throw new IllegalArgumentException(
          "%s: expected names of tasks, found \"%s\"; the tasks are %s"
              .formatted(key, task, tasks));
    }
  }
}
