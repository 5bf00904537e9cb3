package org.mtl4j.core.model;

import java.util.List;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.task.FittedTask;

/**
 * Where a model builds its forward pass.
 *
 * @param graph the root of the pass: operations, variables, mode and dropout
 * @param tasks the tasks, in the user's order
 */
public record ModelContext(GraphContext graph, List<FittedTask> tasks) {
  /** Copies the list. */
  public ModelContext {
    tasks = List.copyOf(tasks);
  }
}
