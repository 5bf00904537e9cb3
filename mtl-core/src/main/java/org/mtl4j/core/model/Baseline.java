package org.mtl4j.core.model;

import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.Task;

/**
 * A model without a graph, to compare networks with: each task by itself is fitted to all of its
 * rows at once. It has no epochs, no checkpoints and no SavedModel. Add one by writing its config
 * record, binding its name beside the architectures and subclassing the contract test of
 * mtl-testkit.
 */
public non-sealed interface Baseline extends Model {
  /**
   * Asks whether it can be fitted to these tasks, before anything is read.
   *
   * @throws IllegalArgumentException {@code "TASK.KEY: expected X, found Y"}, below {@code tasks}
   */
  default void checkTasks(List<Task> tasks) {}

  /** What it makes of these tasks otherwise than they say, a sentence each. */
  default List<String> remarks(List<Task> tasks) {
    return List.of();
  }

  /**
   * Fits a task. Rows that have no say in it, or a weight of 0, change nothing; the same task, rows
   * and seed give the same numbers.
   *
   * @throws org.mtl4j.core.error.MtlException NO_ROWS if no row has a say
   */
  TaskPredictor fit(FittedTask task, FittingRows rows);

  /**
   * Reads what {@link TaskPredictor#write} wrote.
   *
   * @param pipeline what the rows were encoded by
   * @throws IOException if it is something else
   */
  TaskPredictor read(FeaturePipeline pipeline, DataInput in) throws IOException;
}
